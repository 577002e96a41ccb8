// Writes down what Chromium lets through of what people type: each page of the table has one
// control, `q`. The texts behind the page, in JSON, are typed into it, and the form is sent.
//
//     npm install --prefix macros/html/tests/browser
//     node macros/html/tests/browser/limits.mjs macros/html/tests/browser/limits.txt
//
// A page is a line of its table, then a tab, then the texts; `null` leaves what is there. The
// indented lines below it are written anew: what was typed, and what arrived. CHROMIUM names the
// browser, if it is not /usr/bin/chromium.
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import puppeteer from "puppeteer-core";

const sleep = (time) => new Promise((done) => setTimeout(done, time));

let html = "";
let arrived;
const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    if (request.method === "POST") {
      arrived = new URLSearchParams(Buffer.concat(parts).toString()).get("q");
      response.statusCode = 204;
    } else {
      response.setHeader("content-type", "text/html; charset=utf-8");
    }
    response.end(request.method === "POST" ? "" : html);
  });
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const page = await browser.newPage();

/** What arrives of a text that is typed: `undefined` if the browser sends nothing. */
const typed = async (text) => {
  await page.goto(`http://127.0.0.1:${server.address().port}/`, { waitUntil: "load" });
  arrived = undefined;
  await page.focus("[name=q]");
  if (text !== null) {
    const isTyped = await page.evaluate(() => {
      const one = document.querySelector("[name=q]");
      one.select?.();
      return !["date", "month", "week", "time", "datetime-local", "color", "range"].includes(one.type);
    });
    if (isTyped) {
      await page.keyboard.press("Delete");
      for (const [index, line] of text.split("\n").entries()) {
        if (index > 0) await page.keyboard.press("Enter");
        // One character at a time, as people do.
        for (const c of line) await page.keyboard.sendCharacter(c);
      }
    } else {
      await page.evaluate((value) => (document.querySelector("[name=q]").value = value), text);
    }
  }
  await page.evaluate(() => {
    const form = document.forms[0];
    const button = form.querySelector("button");
    button ? button.click() : form.requestSubmit();
  });
  for (let waited = 0; waited < 300 && arrived === undefined; waited += 10) await sleep(10);
  return arrived;
};

for (const table of process.argv.slice(2)) {
  const lines = readFileSync(table, "utf8").split("\n").filter((line) => !line.startsWith("    "));
  const written = [];
  for (const line of lines) {
    written.push(line);
    if (line === "" || line.startsWith("#")) continue;
    const [control, texts] = line.split("\t");
    html = `<!doctype html><form action=/a method=post${control}</form>`;
    for (const text of JSON.parse(texts)) {
      const answer = await typed(text);
      written.push(`    ${JSON.stringify(text)}: ${answer === undefined ? "nothing" : JSON.stringify(answer)}`);
    }
  }
  writeFileSync(table, written.join("\n"));
}
await browser.close();
server.close();
