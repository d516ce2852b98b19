// Pictures of the bot in the page of the Agents Playground, to be looked at:
//   node screenshots.mjs OUTDIR [--bot http://127.0.0.1:5080] [--chromium /usr/bin/chromium]
// It starts a Playground, as drive.mjs does. Nothing but this machine is reached: whatever else the page wants is refused.
import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { Playground } from "./playground.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { bot: { type: "string", default: "http://127.0.0.1:5080" }, chromium: { type: "string", default: "/usr/bin/chromium" } },
});
if (positionals.length !== 1) {
  console.error("Name the folder for the pictures: node screenshots.mjs OUTDIR");
  process.exit(2);
}
const folder = positionals[0];
await mkdir(folder, { recursive: true });
const profile = await mkdtemp(join(tmpdir(), "copilotbot-chromium-"));
const playground = await Playground.start(values.bot);
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: values.chromium,
  headless: true,
  viewport: { width: 1400, height: 1000 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

try {
  browser.setDefaultTimeout(20_000);
  await browser.route("**/*", (route) => (["localhost", "127.0.0.1"].includes(new URL(route.request().url()).hostname) ? route.continue() : route.abort()));
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(playground.address, { waitUntil: "domcontentloaded" });
  const compose = page.locator("[role=textbox][data-lexical-editor=true]").first();
  await compose.waitFor();
  const take = async (name) => {
    await page.waitForTimeout(800); // fades
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(join(folder, `${name}.png`));
  };

  await page.getByText("Hello, I am").first().waitFor();
  await take("1-welcome");

  await compose.click();
  await page.keyboard.type("my laptop is dead");
  await page.keyboard.press("Enter");
  await page.getByText("Looking that up").or(page.locator("a.fai-Citation")).first().waitFor();
  await take("2-stream");
  await page.locator('button[aria-label="Dislike"]').last().waitFor();
  await page.getByText("Sources", { exact: true }).last().waitFor();
  await take("3-answer");

  await page.locator("a.fai-Citation").last().hover();
  await take("4-citation");
  await page.mouse.move(500, 900);

  await page.locator('button[aria-label="Dislike"]').last().click();
  await page.locator("textarea").last().fill("The courier takes longer.");
  await take("5-feedback");
  await page.locator('button:has-text("Submit")').last().click();
  await page.locator('button:has-text("Close")').last().click();

  await page.click('button[aria-label="Service desk - General"]');
  await compose.click();
  await page.keyboard.type("@Copi", { delay: 80 });
  await page.locator('span:text-is("CopilotBot")').last().click();
  await page.keyboard.type(" which address do I connect the vpn client to");
  await page.click('button:has-text("Post")');
  const press = page.getByText("Ask privately", { exact: true }).last();
  await press.waitFor();
  await take("6-channel");
  await press.click();
  await page.getByText("I am writing to you").last().waitFor();
  await take("7-ask-privately");

  await page.click('button[aria-label="Personal Chat"]');
  await page.getByText("skerry.halvorne.example").first().waitFor();
  await take("8-private-answer");

  await page.locator('[aria-label="Trigger Message Extension App"]').first().click();
  await page.getByText("Search Command").first().click();
  await page.locator('[placeholder="Enter a search term"]').fill("salary bands");
  const result = page.getByText("Salary bands 2026").first();
  await result.waitFor();
  await take("9-search");
  await result.click();
  await take("10-inserted");
} finally {
  await browser.close();
  await playground.stop();
  await rm(profile, { recursive: true, force: true });
}
