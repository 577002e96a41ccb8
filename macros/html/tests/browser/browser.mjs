// Writes down what Chromium sends from each page of a table: the page is loaded, its
// controls are left as they are, emptied, filled in, and each choice is made; each time
// all that can send a request is pressed, and a server records what arrives.
//
//     npm install --prefix macros/html/tests/browser
//     node macros/html/tests/browser/browser.mjs macros/html/tests/browser/{browser,htmx-2,htmx-4}.txt
//
// A page is a line of its table; the indented lines below it are written anew. A table
// that is called htmx-2 or htmx-4 runs that library on each page. CHROMIUM names the
// browser, if it is not /usr/bin/chromium.
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { basename } from "node:path";
import puppeteer from "puppeteer-core";
import { actions, act, instantiate, prepare, rounds } from "./page.mjs";
import { describe } from "./request.mjs";

/** How many pages are looked at side by side. */
const TABS = 6;
/** How long, in milliseconds, nothing has to arrive before nothing is expected any more. */
const QUIET = { nothing: 400, more: 80 };
/** Where each page stands: links may be relative to it. */
const HOME = "/home/page";

const isTemplate = (html) => /<template/i.test(html);
const library = (name) => readFileSync(createRequire(import.meta.url).resolve(name), "utf8");
const sleep = (time) => new Promise((done) => setTimeout(done, time));

/** The scripts that a table runs on each page. */
const scripts = (table) => {
  switch (basename(table).match(/^htmx-(\d)/)?.[1]) {
    case "2":
      return [library("htmx2/dist/htmx.js"), library("htmx-ext-json-enc/json-enc.js")];
    case "4":
      return [library("htmx4/dist/htmx.js")];
    default:
      return [];
  }
};

/** A tab with a server of its own: what is sent from the tab arrives there. */
const open = async (browser) => {
  const tab = { arrived: [], html: undefined, scripts: [] };
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const script = request.url.match(/^\/script-(\d)$/)?.[1];
      if (script) {
        response.setHeader("content-type", "text/javascript");
        response.end(tab.scripts[script]);
      } else if (request.url === HOME && tab.html !== undefined) {
        response.setHeader("content-type", "text/html; charset=utf-8");
        response.end(tab.html);
        tab.html = undefined;
      } else {
        if (request.url !== "/favicon.ico") tab.arrived.push(describe(request, Buffer.concat(parts)));
        // The page stays as it is.
        response.statusCode = 204;
        response.end();
      }
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  // Focus comes and goes as if the tab were the one in front.
  await page.emulateFocusedPage(true).catch(() => {});
  page.on("dialog", (dialog) => dialog.accept().catch(() => {}));
  return { tab, server, page, home: `http://127.0.0.1:${server.address().port}${HOME}` };
};

/** Loads a page; returns what it sends by itself. */
const load = async ({ tab, page, home }, html, runs) => {
  tab.scripts = runs;
  const tags = runs.map((_, index) => `<script src="/script-${index}"></script>`);
  tab.html = `<!doctype html>${tags.join("")}${html}`;
  tab.arrived = [];
  await page.goto(home, { waitUntil: "load" });
  if (runs.length > 0) await sleep(QUIET.nothing);
  return tab.arrived.splice(0);
};

/** What arrives now. */
const arriving = async (tab) => {
  let [waited, known] = [0, 0];
  for (;;) {
    await sleep(10);
    waited += 10;
    if (tab.arrived.length !== known) [waited, known] = [0, tab.arrived.length];
    if (waited >= (known > 0 ? QUIET.more : QUIET.nothing)) return tab.arrived.splice(0);
  }
};

/** Makes a round ready, on the page that is loaded again where the browser left it. */
const ready = async (opened, html, runs, round) => {
  const { page } = opened;
  if (await page.evaluate(prepare, round).catch(() => false)) return;
  await load(opened, html, runs);
  await begin(page, html);
  await page.evaluate(prepare, round);
};

/** What can be pressed. */
const begin = async (page, html) => {
  if (isTemplate(html)) await page.evaluate(instantiate);
  return page.evaluate(actions);
};

/** Each element that can send something, with the requests that it sent. */
const watch = async (opened, html, runs, sent, how) => {
  const { tab, page } = opened;
  const add = (element, requests) => {
    const known = sent.get(element) ?? new Set();
    requests.forEach((request) => known.add(request));
    sent.set(element, known);
  };
  const early = await load(opened, html, runs);
  if (runs.length > 0 && early.length > 0) add("(load)", early);
  const all = await begin(page, html);
  const count = await page.evaluate(rounds);
  for (let round = 0; round < count; round += 1) {
    for (const [index, element] of all.entries()) {
      await ready(opened, html, runs, round);
      tab.arrived = [];
      const expects = await page.evaluate(act, index);
      add(how + element, expects ? await arriving(tab) : []);
    }
  }
};

/** The lines of a page. */
const look = async (opened, html, runs) => {
  const sent = new Map();
  await watch(opened, html, runs, sent, "");
  if (runs.length > 0 || /<noscript/i.test(html)) {
    await opened.page.setJavaScriptEnabled(false);
    await watch(opened, html, [], sent, "without scripts, ");
    await opened.page.setJavaScriptEnabled(true);
  }
  const told = [...sent].filter(([element, requests]) => requests.size > 0 || !element.startsWith("without"));
  const lines = told.flatMap(([element, requests]) => {
    const all = requests.size > 0 ? [...requests].sort() : ["nothing"];
    return all.map((request) => `    ${element}: ${request}`);
  });
  return lines.length > 0 ? lines : ["    nothing"];
};

const isPage = (line) => line !== "" && !/^[ #]/.test(line);

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // What leaves the app reaches nobody.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
});
const tabs = await Promise.all(Array.from({ length: TABS }, () => open(browser)));
for (const table of process.argv.slice(2)) {
  const lines = readFileSync(table, "utf8").split("\n").filter((line) => !line.startsWith("    "));
  const found = new Map();
  const waiting = [...lines.entries()].filter(([, line]) => isPage(line));
  const runs = scripts(table);
  let requests = 0;
  const work = async (opened) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, html] = next;
      const again = () => look(opened, html, runs);
      const failed = (error) => [`    failed: ${error.message.split("\n")[0]}`];
      const seen = await again().catch(again).catch(failed);
      found.set(index, seen);
      requests += seen.length;
      if (found.size % 100 === 0) console.log(`${found.size} pages`);
    }
  };
  await Promise.all(tabs.map(work));
  writeFileSync(table, lines.flatMap((line, index) => [line, ...(found.get(index) ?? [])]).join("\n"));
  console.log(`${table}: ${found.size} pages, ${requests} lines`);
}
await browser.close();
tabs.forEach(({ server }) => server.close());
