// Measures the page in Chromium: node measure.mjs TASK PAGE [ARGUMENT]...; writes one JSON text. Times are of the machine as it is.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { chromium } from "../../web/node_modules/playwright-core/index.mjs";

const [task, url, ...given] = process.argv.slice(2);
const LONG = { timeout: 600_000 };

const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const settled = (page) => page.waitForFunction(() => /^Done/.test(document.querySelector("#status").textContent) && document.querySelector("#busy").hidden, null, LONG);

async function open(browser) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  await page.waitForSelector("html[data-ready]", { state: "attached", ...LONG });
  return page;
}

/** Megabytes that the renderers held at most, as the kernel counts. */
async function peak(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const of = (id) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) >> 10;
  return Math.max(...processInfo.filter(({ type }) => type === "renderer").map(({ id }) => of(id)));
}

const tasks = {
  // From the first byte of the page to the first report, in the page's own time: a log is dropped as soon as the page takes one.
  async cold(log, times) {
    const runs = [];
    for (let i = 0; i < Number(times); i++) {
      const browser = await launch(); // a browser of its own: nothing is cached
      const page = await browser.newPage();
      await page.addInitScript((text) => {
        const marks = (window.marks = {});
        new MutationObserver(() => {
          const at = Math.round(performance.now());
          if (!marks.ready && document.documentElement?.dataset.ready) {
            marks.ready = at;
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "edge.log"));
            document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
          }
          if (!marks.report && document.querySelector("#results article")) marks.report = at;
        }).observe(document, { subtree: true, childList: true, attributes: true });
      }, readFileSync(log, "utf8"));
      await page.goto(url);
      await page.waitForFunction(() => window.marks.report, null, LONG);
      runs.push(await page.evaluate(() => ({ ...window.marks, loaded: Math.round(performance.getEntriesByType("navigation")[0].domInteractive) })));
      await browser.close();
    }
    return runs;
  },
  // A log in the browser and with the command, one after the other.
  async beside(log, command, times) {
    const browser = await launch(), runs = [];
    for (let i = 0; i < Number(times); i++) {
      const page = await open(browser);
      let began = performance.now();
      await page.setInputFiles("#files", log);
      await settled(page);
      const inBrowser = performance.now() - began;
      began = performance.now();
      try {
        execFileSync(command, ["diagnose", log, "--format", "json"], { maxBuffer: 1 << 28 });
      } catch (error) {
        if (![1, 2].includes(error.status)) throw error;
      }
      const native = performance.now() - began;
      runs.push({ browser: Math.round(inBrowser), native: Math.round(native), ratio: Number((inBrowser / native).toFixed(2)) });
      await page.context().close();
    }
    await browser.close();
    return runs;
  },
  // A long log: what the tab holds at most, and how soon cancel is heard.
  async long(log) {
    const browser = await launch(), page = await open(browser);
    await page.setInputFiles("#files", log);
    await settled(page);
    const held = await peak(browser);
    await page.click("#given button");
    await page.setInputFiles("#files", log);
    await page.waitForFunction(() => document.querySelector("#progress").value > 0, null, LONG);
    const began = performance.now();
    await page.click("#cancel");
    const cancelled = Math.round(performance.now() - began), status = await page.locator("#status").innerText();
    await browser.close();
    return { megabytes: held, cancelled, status };
  },
};

console.log(JSON.stringify(await tasks[task](...given)));
