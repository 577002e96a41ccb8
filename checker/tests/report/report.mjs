// Looks at reports in a real browser: axe-core at a phone's and a desk's width, in light
// and in dark; nothing wider than the screen; no request; and what is printed.
//
//     npm install --prefix checker/tests/report
//     node checker/tests/report/report.mjs report.html [more.html …] [--pictures FOLDER]
//
// CHROMIUM names the browser, if it is not /usr/bin/chromium. Exit status 1: something
// is wrong, and it says what.
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const args = process.argv.slice(2);
const at = args.indexOf("--pictures");
const pictures = at >= 0 ? args.splice(at, 2)[1] : undefined;
if (pictures) mkdirSync(pictures, { recursive: true });

let wrong = 0;
const complain = (what) => {
  wrong += 1;
  console.log(`  ${what}`);
};

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const file of args) {
  const name = basename(file, ".html");
  for (const width of [360, 1440]) {
    for (const scheme of ["light", "dark"]) {
      console.log(`${name}, ${width} px, ${scheme}`);
      const page = await browser.newPage();
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      const url = pathToFileURL(resolve(file)).href;
      page.on("request", (request) => {
        if (request.url() !== url) complain(`asks for ${request.url()}`);
      });
      page.on("console", (message) => complain(`console: ${message.text()}`));
      await page.goto(url);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) complain(`is ${wide} px wide`);
      if (pictures) {
        await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`), fullPage: true });
      }
      // What is folded must also be readable.
      for (const open of [false, true]) {
        if (open) await page.$$eval("details", (all) => all.forEach((one) => (one.open = true)));
        await page.evaluate(axe);
        const { violations, incomplete } = await page.evaluate(() =>
          globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
        );
        for (const { id, help, nodes } of violations) {
          complain(`axe: ${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
        }
        for (const { id, nodes } of incomplete) {
          console.log(`  axe cannot tell: ${id} (${nodes.length}): ${nodes[0].html.slice(0, 160)}`);
        }
      }
      const stops = await page.evaluate(() => document.querySelectorAll("a[href], summary, [tabindex='0']").length);
      const seen = new Set();
      await page.evaluate(() => document.body.focus());
      for (let press = 0; press < stops; press += 1) {
        await page.keyboard.press("Tab");
        seen.add(await page.evaluate(() => {
          const all = [...document.querySelectorAll("*")];
          return all.indexOf(document.activeElement);
        }));
      }
      if (seen.size < stops) complain(`the keyboard reaches ${seen.size} of ${stops}`);
      await page.close();
    }
  }
  if (pictures) {
    const page = await browser.newPage();
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    await page.goto(pathToFileURL(resolve(file)).href);
    await page.pdf({ path: join(pictures, `${name}.pdf`), format: "A4", printBackground: true });
    await page.close();
  }
}
await browser.close();
console.log(wrong === 0 ? "nothing is wrong" : `${wrong} things are wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
