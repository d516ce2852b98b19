// Plays a person in the Agents Playground and prints what the bot did:
//   node drive.mjs --bot http://127.0.0.1:5080 [--playground http://127.0.0.1:56150]
// Without --playground it starts one and stops it. The bot must be in anonymous mode over the demo knowledge, and new to the Playground's conversations.
import { parseArgs } from "node:util";
import { Playground } from "./playground.mjs";

const { bot, playground: address } = parseArgs({ options: { bot: { type: "string", default: "http://127.0.0.1:5080" }, playground: { type: "string" } } }).values;
const playground = address ? new Playground(address) : await Playground.start(bot);
let failures = 0;

try {
  await playground.connect();
  const { personalChat, currentUser, users, teams } = playground.config;
  const alba = users.find((user) => user.name === "Alba Quintero");
  const [chat, general] = [personalChat.id, teams[0].id];
  for (const scenario of [people, install, personalQuestion, feedback, channelQuestion, privateAnswer, search]) {
    await scenario({ chat, general, me: currentUser, alba });
  }
} catch (error) {
  print(`FAILED: ${error.message}`);
  failures++;
} finally {
  await playground.stop();
}
print(failures === 0 ? "\nAll as expected." : `\n${failures} expectations failed.`);
process.exitCode = failures === 0 ? 0 : 1;

async function people({ general }) {
  print("people: what the member API tells");
  const members = await playground.members(general);
  members.forEach((member) => print(`  ${member.userRole} ${member.name} email=${member.email} userPrincipalName=${member.userPrincipalName}`));
  expect(members.length === 6 && members.every((member) => member.email.endsWith("@halvorne.example") && member.aadObjectId && member.tenantId), "six members with address, object id and tenant");
}

async function install({ chat }) {
  print("\ninstall: personal chat, twice");
  const mark = playground.exchanges.length;
  await playground.install(chat);
  const welcome = await playground.until(() => sent(mark).find((exchange) => cardOf(exchange)));
  await playground.install(chat);
  await playground.until(() => received(mark).length === 4);
  received(mark).map((exchange) => `> ${exchange.kind} ${exchange.status}`).sort().forEach((line) => print(line));
  describe(welcome);
  expect(/^Hello, I am CopilotBot\./.test(textsOf(cardOf(welcome))[0]), "a welcome by the bot's name");
}

async function personalQuestion({ chat, me }) {
  print("\npersonal chat: streamed and cited");
  const mark = playground.exchanges.length;
  await ask(chat, me, "my laptop is dead");
  const card = await playground.until(() => sent(mark).find((exchange) => cardOf(exchange)));
  sent(mark).forEach(describe);
  const [first, ...rest] = sent(mark);
  expect(first?.status === 201 && infoOf(first)?.streamSequence === 1, "the stream begins with 201");
  const chunks = rest.filter((exchange) => infoOf(exchange));
  expect(chunks.length > 0 && chunks.every((exchange) => exchange.status === 202 && infoOf(exchange).streamId === first.id), "what follows in the stream is taken with 202");
  expect(infoOf(chunks.at(-1))?.streamType === "final" && infoOf(chunks.at(-1)).streamSequence === undefined, "its last message is final and has no number");
  const answer = await playground.until(() => shownAs(first.id)?.aiEntity && shownAs(first.id));
  expect(/Collect a loan laptop.*\[1\]/.test(answer?.text ?? ""), "the answer with its marker");
  expect(answer?.aiEntity?.citation?.length === 1 && answer.feedbackLoopEnabled, "the Playground shows a citation and thumbs");
  expect(textsOf(cardOf(card))[0] === "Sources", "a card with the sources");
  const hellos = playground.exchanges.filter((exchange) => textsOf(cardOf(exchange))[0]?.startsWith("Hello"));
  expect(hellos.length === 1, "one welcome, although it was installed twice");
}

async function feedback({ chat, me }) {
  print("\nfeedback: words as they are, no message named");
  const value = { actionName: "feedback", actionValue: { reaction: "dislike", feedback: "The courier takes longer." } };
  const answer = await playground.invoke(chat, me.id, "message/submitAction", value);
  print(`> message/submitAction dislike "${value.actionValue.feedback}"\n< ${JSON.stringify(answer)}`);
  expect(JSON.stringify(answer) === "{}", "an empty answer");
}

async function channelQuestion({ general, me }) {
  print("\nchannel: mentioned, placeholder, answer in its place, card in the thread");
  const mark = playground.exchanges.length;
  const { postConversationId: thread } = await ask(general, me, "which address do I connect the vpn client to");
  const card = await playground.until(() => sent(mark).find((exchange) => cardOf(exchange)));
  sent(mark).forEach(describe);
  const [placeholder, answer] = sent(mark);
  expect(placeholder?.status === 201 && !infoOf(placeholder), "a placeholder, no stream");
  expect(answer?.status === 200 && answer.answer?.id === placeholder.id && answer.body.text.includes("skerry.halvorne.example"), "the answer takes the placeholder's place");
  expect(await playground.until(() => shownAs(placeholder.id)?.conversation === thread), "it stands in the thread of the question");
  expect(cardOf(card)?.actions?.[0]?.verb === "askPrivately", "the card offers to ask privately");
}

async function privateAnswer({ chat, general, me }) {
  print("\nask privately: what not all of the team may read");
  const mark = playground.exchanges.length;
  const { postConversationId: thread } = await ask(general, me, "what is the salary band of a team lead");
  const card = await playground.until(() => sent(mark).find((exchange) => cardOf(exchange)));
  sent(mark).forEach(describe);
  expect(sent(mark).some((exchange) => exchange.body.text?.startsWith("I don't know")), "nothing that all of the team may read");
  const press = playground.exchanges.length;
  const { type, title, verb, data } = cardOf(card).actions[0];
  const said = await playground.invoke(thread, me.id, "adaptiveCard/action", { action: { type, title, verb, data } }, card.id);
  print(`> adaptiveCard/action ${verb}\n< ${said.type} ${quote(said.value)}`);
  const sources = await playground.until(() => sent(press).find((exchange) => cardOf(exchange)));
  sent(press).forEach(describe);
  const stream = sent(press).find((exchange) => infoOf(exchange));
  await playground.until(() => shownAs(stream?.id)?.aiEntity);
  expect(/team lead/i.test(shownAs(stream?.id)?.text ?? "") && shownAs(stream.id).conversation === chat, "the answer in the personal chat, from what she may read");
  expect(textsOf(cardOf(sources)).some((text) => text.includes("Salary bands 2026")), "its source");
}

async function search({ general, me, alba }) {
  print("\nmessage extension: what each may read");
  for (const [person, mayRead] of [[me, true], [alba, false]]) {
    const query = { parameters: [{ value: "salary bands" }], queryOptions: { skip: 0, count: 25 }, commandContext: "compose", context: { theme: "default" } };
    const { composeExtension } = await playground.invoke(general, person.id, "composeExtension/query", query);
    const titles = (composeExtension.attachments ?? []).map((attachment) => attachment.preview.content.title);
    print(`> composeExtension/query "salary bands" by ${person.name}\n< ${composeExtension.type}: ${titles.join(" · ")}`);
    expect(titles.includes("Salary bands 2026") === mayRead, mayRead ? "the page of the People team" : "no page of the People team");
    expect(titles.length > 0 && new Set(titles).size === titles.length, "no document twice");
  }
}

async function ask(conversation, person, text) {
  print(`> ${person.name}: ${text}`);
  return await playground.say(conversation, person.id, text);
}

/** One line for what the bot sent. */
function describe(exchange) {
  const { status, body } = exchange;
  const card = cardOf(exchange);
  const info = infoOf(exchange);
  const kind = info ? `${body.type} ${info.streamType}${info.streamSequence ? ` ${info.streamSequence}` : ""}` : exchange.kind;
  const actions = (card?.actions ?? []).map((action) => ` (${action.title})`).join("");
  print(`< ${status} ${kind} ${card ? `card ${quote(textsOf(card).join(" / "))}${actions}` : quote(body.text ?? "")}`);
  const message = body.entities?.find((entity) => entity.type === "https://schema.org/Message");
  for (const { position, appearance } of message?.citation ?? []) {
    print(`    [${position}] ${appearance.name}`);
  }
}

/** What came from the bot that a person sees, since the mark. */
function sent(mark) {
  return playground.exchanges.slice(mark).filter((exchange) => !exchange.toBot && ["message", "typing"].includes(exchange.kind));
}

function received(mark) {
  return playground.exchanges.slice(mark).filter((exchange) => exchange.toBot);
}

function shownAs(id) {
  return playground.shown.get(id);
}

function cardOf(exchange) {
  return exchange?.body.attachments?.[0]?.content;
}

function infoOf(exchange) {
  return exchange?.body.entities?.find((entity) => entity.type === "streaminfo");
}

/** The texts of a card, from top to bottom, without what changes from day to day. */
function textsOf(card) {
  const texts = (items) => items.flatMap((item) => (item.items ? texts(item.items) : (item.text ?? [])));
  return texts(card?.body ?? []).filter((text) => !/updated .* ago/.test(text));
}

function quote(text) {
  const line = text.replace(/\s*\n\s*/g, " ").replace(/\\(?=[[\]])/g, "").replace(/\]\([^)]*\)/g, "]");
  return `"${line.length > 160 ? `${line.slice(0, 159)}…` : line}"`;
}

function expect(isMet, what) {
  print(`  ${isMet ? "ok" : "FAILED"}: ${what}`);
  failures += isMet ? 0 : 1;
}

function print(line) {
  console.log(line);
}
