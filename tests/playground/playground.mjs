import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

const here = dirname(fileURLToPath(import.meta.url));
const config = ".m365agentsplayground.yml";

/** The Agents Playground without its page: the calls that the page makes (undocumented, as of 0.2.28), and the log that it shows. */
export class Playground {
  /** Every exchange with the bot, in order: { toBot, kind, id, status, body, answer }. */
  exchanges = [];
  /** Messages as the page shows them, newest state by id. */
  shown = new Map();
  #sockets = [];
  #child;
  #folder;
  #waiting = new Set();

  constructor(address) {
    this.address = address;
  }

  /** Starts one beside the bot, in a folder of its own, since it reads its configuration from there and leaves a log. It listens on all interfaces. */
  static async start(bot) {
    const port = await freePort();
    const playground = new Playground(`http://127.0.0.1:${port}`);
    playground.#folder = await mkdtemp(join(tmpdir(), "copilotbot-playground-"));
    await copyFile(join(here, config), join(playground.#folder, config));
    const cli = join(here, "node_modules", "@microsoft", "m365agentsplayground", "cli.js");
    playground.#child = spawn(process.execPath, [cli, "start", "-e", `${bot}/api/messages`, "-c", "msteams", "-p", `${port}`, "--disable-telemetry"], {
      cwd: playground.#folder,
      stdio: "ignore",
    });
    for (const end = Date.now() + 30_000; !(await playground.#answers()); await pause(100)) {
      if (Date.now() > end || playground.#child.exitCode !== null) {
        await playground.stop();
        throw new Error("The Playground did not start.");
      }
    }
    return playground;
  }

  async stop() {
    this.#sockets.forEach((socket) => socket.close());
    if (this.#child && this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill();
      await once(this.#child, "exit");
    }
    if (this.#folder) {
      await rm(this.#folder, { recursive: true, force: true });
    }
  }

  async connect() {
    this.config = (await (await fetch(`${this.address}/_internal/v1/config`)).json()).config;
    await this.#listen("/_ws/log/stream", ({ log }) => {
      if (log?.type === "bot") {
        const [body, answer] = [log.request?.body ?? {}, log.response?.body];
        this.exchanges.push({ toBot: log.to === "User Application", kind: log.activityName, id: log.messageId, status: log.response?.statusCode, body, answer });
      }
    });
    await this.#listen("/_ws_conversation/v1/conversations/stream", ({ message, actionConversationId }) => {
      if (message?.messageId) {
        this.shown.set(message.messageId, { ...this.shown.get(message.messageId), ...message, conversation: actionConversationId });
      }
    });
  }

  install = (conversation) => this.#post(`/_debug/conversation/${encodeURIComponent(conversation)}/installation`, {});

  /** Says it to the bot; in anything but a personal chat by a mention, without which the Playground keeps it back. */
  say(conversation, from, text) {
    const { id, name } = this.config.bot;
    const isPersonal = conversation === this.config.personalChat.id;
    const words = isPersonal ? text : `<at>${name}</at> ${text}`;
    const mentions = isPersonal ? undefined : [{ mentioned: { id, name }, text: `<at>${name}</at>` }];
    return this.#post(`/_conversation/v1/conversations/${encodeURIComponent(conversation)}/messages`, { type: "text", text: words, textFormat: "plain", from: { id: from }, mentions });
  }

  invoke = (conversation, from, name, value, replyToId) => this.#post("/_conversation/v1/invoke", { name, value, from: { id: from }, conversation: { id: conversation }, replyToId });

  async members(conversation) {
    const reply = await fetch(`${this.address}/_connector/v3/conversations/${encodeURIComponent(conversation)}/pagedmembers`);
    return (await reply.json()).members;
  }

  /** Waits until it holds; null when it never does. */
  async until(find, seconds = 15) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
      const found = find();
      if (found) {
        return found;
      }
      await new Promise((resolve) => {
        const wake = () => (clearTimeout(timer), this.#waiting.delete(wake), resolve());
        const timer = setTimeout(wake, 500);
        this.#waiting.add(wake);
      });
    }
    return null;
  }

  async #listen(path, take) {
    const socket = new WebSocket(this.address.replace("http", "ws") + path);
    this.#sockets.push(socket);
    socket.on("message", (data) => {
      take(JSON.parse(data.toString()));
      [...this.#waiting].forEach((wake) => wake());
    });
    await once(socket, "open");
  }

  async #post(path, body) {
    const reply = await fetch(this.address + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const text = await reply.text();
    if (!reply.ok) {
      throw new Error(`${path} answered ${reply.status}: ${text}`);
    }
    return text ? JSON.parse(text) : {};
  }

  #answers = () => fetch(`${this.address}/_debug/ping`).then((reply) => reply.ok, () => false);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
