import { createHmac } from 'node:crypto';
import { fetch } from '@forge/api';

/**
 * Tells CopilotBot which page, blog post or space something happened to. Ids only: CopilotBot reads the rest itself, with its own account, and polls for what gets
 * lost on the way. COPILOTBOT_URL is the address of the source (https://.../sources/NAME/webhook), COPILOTBOT_SECRET its webhook secret.
 */
export async function forward(event) {
  const body = JSON.stringify(hintOf(event));
  const signature = createHmac('sha256', process.env.COPILOTBOT_SECRET).update(body).digest('hex');
  const answer = await fetch(process.env.COPILOTBOT_URL, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Hub-Signature': `sha256=${signature}` },
    body,
  });
  if (!answer.ok) {
    // Forge tries again later when a trigger throws.
    throw new Error(`CopilotBot answered ${answer.status}`);
  }
}

/** What a comment or an attachment hangs on is what has to be read again. */
export function hintOf(event) {
  const content = event.content ?? event.attachment ?? event.comment;
  const holder = content?.container ?? content;
  const type = holder?.type === 'blogpost' ? 'blogpost' : 'page';
  return event.eventType.includes(':space:')
    ? { event: event.eventType, type: 'space', id: String(event.space?.id ?? '') }
    : { event: event.eventType, type, id: String(holder?.id ?? '') };
}
