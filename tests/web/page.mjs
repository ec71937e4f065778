// Drives the page in Chromium: node page.mjs TASK PAGE FOLDER [ARGUMENT]...; writes one JSON text.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { chromium } from "../../web/node_modules/playwright-core/index.mjs";

const [task, url, folder, ...given] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("../../web/node_modules/axe-core/axe.min.js");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", ...(process.env.CHROMIUM_FLAGS?.split(" ") ?? [])] });
const WAIT = { timeout: 60_000 };

/** A page that is ready; what it asks the network for is written down. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  page.requests = [];
  page.faults = [];
  page.on("request", (request) => request.url().startsWith("blob:") || page.requests.push(request.url()));
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
  page.on("dialog", (dialog) => { page.faults.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(url);
  await page.waitForSelector("html[data-ready]", { state: "attached", ...WAIT });
  return page;
}

const settled = (page) => page.waitForFunction(() => /^(Done|Nothing to show)/.test(document.querySelector("#status").textContent) &&
  document.querySelector("#busy").hidden, null, WAIT);

/** Gives files and waits until they are listed and judged. */
async function give(page, files, listed = files.length) {
  const before = await page.locator("#given li").count();
  await page.setInputFiles("#files", files);
  await page.waitForFunction((count) => document.querySelectorAll("#given li").length >= count, before + listed, WAIT);
  await page.waitForTimeout(400);
  await settled(page);
}

const text = (page) => page.locator("#results").innerText();
const listed = (page) => page.locator("#given li .kind").allInnerTexts();
const state = async (page) => ({ text: await text(page), given: await listed(page), requests: page.requests, faults: page.faults,
  status: await page.locator("#status").innerText(), all: await page.locator("#results").evaluate((part) => part.textContent) });

const shape = async (page) => ({ headings: await page.locator("#results h3 bdi, #results h2 bdi").allInnerTexts(),
  looks: await page.locator("#results article").evaluateAll((all) => all.map((one) => one.className)) });

// Debian's Chromium brings these fonts: a picture is the same wherever the tests run. The roots and the version may differ.
const SAME_EVERYWHERE = `* { font-family: "Liberation Sans", sans-serif !important } pre, code, textarea { font-family: "Liberation Mono", monospace !important }
  #about, .fv-page > footer { visibility: hidden } * { transition: none !important; caret-color: transparent !important }`;

/** The mean brightness of each cell of a picture, 48 wide and 96 high, and how high it is for its width. */
async function grid(png) {
  const page = await (await browser.newContext()).newPage();
  return page.evaluate(async ([data, wide, high]) => {
    const picture = await createImageBitmap(await (await fetch(data)).blob());
    const canvas = new OffscreenCanvas(wide, high), context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, wide, high);
    const { data: pixels } = context.getImageData(0, 0, wide, high);
    return { shape: picture.height / picture.width, cells: btoa(String.fromCharCode(...Array.from({ length: wide * high }, (_, i) =>
      Math.round((pixels[4 * i] + pixels[4 * i + 1] + pixels[4 * i + 2]) / 3)))) };
  }, [`data:image/png;base64,${png.toString("base64")}`, 48, 96]);
}

async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download", WAIT), page.click(button)]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

const saved = async (page, button) => (await download(page, button)).text;

/** Every form that can be sent on, by its ending. */
async function redacted(page) {
  await page.check("#redact");
  const found = {};
  for (const form of ["html", "json", "markdown", "text"])
    if (await page.isEnabled(`#save-${form}`)) found[form] = await saved(page, `#save-${form}`);
  await page.uncheck("#redact");
  return found;
}

const tasks = {
  async files(...files) {
    const page = await open();
    await give(page, files);
    return state(page);
  },
  // A folder of many files: the page answers while they are read.
  async many(path, count) {
    const page = await open();
    await page.setInputFiles("#folder", path);
    let longest = 0;
    for (let listed = 0; listed < Number(count); ) {
      const began = performance.now();
      listed = await page.evaluate(() => document.querySelectorAll("#given li").length);
      longest = Math.max(longest, performance.now() - began);
      await page.waitForTimeout(50);
    }
    await settled(page);
    return { longest, ...(await state(page)) };
  },
  // What is said where the module cannot run.
  async refused() {
    const page = await (await browser.newContext()).newPage();
    await page.goto(url);
    await page.waitForFunction(() => document.querySelector("#status").textContent !== "", null, WAIT);
    return { status: await page.locator("#status").innerText(), ready: await page.evaluate(() => document.documentElement.dataset.ready ?? null) };
  },
  // Removing and naming by keys alone.
  async keyboardRemove(...files) {
    const page = await open();
    await give(page, files);
    const before = await listed(page);
    for (let i = 0; i < 60 && !(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")?.startsWith("Remove "))); i++)
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction((n) => document.querySelectorAll("#given li").length === n, before.length - 1, WAIT);
    return { before, after: await listed(page), focused: await page.evaluate(() => document.activeElement?.id) };
  },
  // An archive lists what is inside of it.
  async archive(file, count) {
    const page = await open();
    await give(page, [file], Number(count));
    return state(page);
  },
  async folder(path, count) {
    const page = await open();
    await page.setInputFiles("#folder", path);
    await page.waitForFunction((n) => document.querySelectorAll("#given li").length >= n, Number(count), WAIT);
    await page.waitForTimeout(400);
    await settled(page);
    return state(page);
  },
  async dropped(file) {
    const page = await open();
    const content = readFileSync(file, "utf8");
    await page.evaluate(([name, body]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([body], name));
      document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, [file.split("/").pop(), content]);
    await page.waitForSelector("#results article", WAIT);
    return state(page);
  },
  async pasted(file) {
    const page = await open();
    await page.click("#show-paste");
    await page.fill("#pasted", readFileSync(file, "utf8"));
    await page.click("#add-paste");
    await page.waitForSelector("#results article", WAIT);
    return state(page);
  },
  // Nothing but keys: reach each control by Tab, paste, judge, explain, remove.
  async keyboard(file) {
    const page = await open();
    const reach = async (id) => {
      for (let i = 0; i < 60; i++) {
        if (await page.evaluate((wanted) => document.activeElement?.id === wanted, id)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab never reaches ${id}`);
    };
    await reach("show-paste");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText(readFileSync(file, "utf8"));
    await reach("add-paste");
    await page.keyboard.press("Space");
    await page.waitForSelector("#results article", WAIT);
    await reach("code");
    await page.keyboard.type("1010");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#explained:not([hidden])", WAIT);
    return { ...(await state(page)), explained: await page.locator("#explained").innerText(),
      outline: await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle) };
  },
  async forDomain(domain, ...files) {
    const page = await open();
    await give(page, files);
    await page.fill("#domain", domain);
    await page.waitForTimeout(500);
    await settled(page);
    return state(page);
  },
  // A domain as it is typed, ended by Enter, and the name that the certificate should hold.
  async asked(domain, name, ...files) {
    const page = await open();
    if (files.length > 0) await give(page, files);
    await page.fill("#name", name);
    await page.fill("#domain", domain);
    await page.press("#domain", "Enter");
    await page.waitForTimeout(500);
    await settled(page);
    return { ...(await state(page)), ...(await shape(page)),
      letters: await page.locator("#results .letter, #results pre").allTextContents(), plain: files.length > 0 ? [await saved(page, "#save-text"), await saved(page, "#save-markdown"), await saved(page, "#save-json")] : [], redacted: files.length > 0 ? await redacted(page) : {} };
  },
  // The host that shows each of two certificates is said beside its file.
  async hosts(domain, first, second, ...files) {
    const page = await open();
    await give(page, files);
    await page.locator("#given li input").nth(0).fill(first);
    await page.locator("#given li input").nth(1).fill(second);
    await page.fill("#domain", domain);
    await page.waitForTimeout(500);
    await settled(page);
    return { ...(await state(page)), ...(await shape(page)) };
  },
  async narrow(...files) {
    const page = await open({ viewport: { width: 360, height: 800 } });
    await give(page, files);
    return { width: await page.evaluate(() => document.documentElement.scrollWidth), text: await text(page) };
  },
  // Of two domains it is said whose they are.
  async pair(cisco, ...files) {
    const page = await open();
    await give(page, files);
    const before = await text(page);
    await page.selectOption("#cisco", cisco);
    await page.waitForTimeout(500);
    await settled(page);
    return { before, after: await text(page), redacted: await redacted(page), requests: page.requests, faults: page.faults };
  },
  // The same evidence by another profile, side and date, without being given again.
  async whatIf(...files) {
    const page = await open();
    await give(page, files);
    const first = await text(page);
    await page.fill("#at", "2017-03-02T07:10:46");
    await page.check("#private");
    await page.waitForTimeout(500);
    await settled(page);
    const then = await text(page);
    await page.selectOption("#profile", "office365");
    await page.waitForTimeout(500);
    await settled(page);
    return { first, then, office365: await text(page), requests: page.requests, faults: page.faults };
  },
  async saves(...files) {
    const page = await open();
    await give(page, files);
    const { name, text: json } = await download(page, "#save-json");
    return { text: await text(page), masked: await page.locator("#results-part .hint").first().innerText(), html: await saved(page, "#save-html"), name, json, markdown: await saved(page, "#save-markdown"), plain: await saved(page, "#save-text"),
      redacted: await redacted(page), status: await page.locator("#status").innerText(),
      requests: page.requests, faults: page.faults };
  },
  async axe(...files) {
    const found = {};
    for (const colorScheme of ["light", "dark"]) {
      const page = await open({ colorScheme, bypassCSP: true });
      await give(page, files);
      await page.click("#show-paste");
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      found[colorScheme] = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")}`);
    }
    return found;
  },
  // Whatever is tried, the policy lets nothing out.
  async tries() {
    const page = await open();
    const outcomes = await page.evaluate(async () => {
      const tried = {};
      tried.fetch = await fetch("http://127.0.0.1:9/").then(() => "went", () => "refused");
      tried.socket = await new Promise((resolve) => { try { const s = new WebSocket("ws://127.0.0.1:9/"); s.onerror = () => resolve("refused"); s.onopen = () => resolve("went"); } catch { resolve("refused"); } });
      tried.beacon = await new Promise((resolve) => { addEventListener("securitypolicyviolation", (e) => resolve(e.effectiveDirective), { once: true }); navigator.sendBeacon("http://127.0.0.1:9/"); setTimeout(() => resolve("no violation"), 1000); });
      tried.image = await new Promise((resolve) => { const i = new Image(); i.onload = () => resolve("went"); i.onerror = () => resolve("refused"); i.src = "http://127.0.0.1:9/a.png"; });
      const part = document.createElement("div");
      part.innerHTML = "<img src=x onerror=\"window.ran=1\"><svg onload=\"window.ran=1\"></svg>";
      document.body.append(part);
      await new Promise((resolve) => setTimeout(resolve, 300));
      tried.handler = window.ran ? "ran" : "refused";
      return tried;
    });
    return { outcomes };
  },
  // A narrow screen needs no scrolling to the side; pictures are written for the eye, and as grids to be compared.
  async looks(...files) {
    mkdirSync(folder, { recursive: true });
    const widths = {}, grids = {};
    const take = async (page, name) => { await page.addStyleTag({ content: SAME_EVERYWHERE }); grids[name] = await grid(await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })); };
    for (const [name, options] of Object.entries({ wide: {}, dark: { colorScheme: "dark" }, narrow: { viewport: { width: 360, height: 800 } } })) {
      const page = await open({ ...options, bypassCSP: true });
      await give(page, files);
      widths[name] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      await take(page, name);
      if (name === "wide") {
        await page.emulateMedia({ media: "print" });
        await take(page, "print");
        widths.print = await page.evaluate(() => [...document.querySelectorAll("#drop, #settings, button")].filter((e) => e.offsetParent !== null).length);
      }
    }
    return { widths, grids };
  },
  // Pages that the command wrote: as pictures, with axe for their structure, and without scripts.
  async written(...files) {
    mkdirSync(folder, { recursive: true });
    const found = {};
    const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const forms = { light: { colorScheme: "light" }, dark: { colorScheme: "dark" }, narrow: { colorScheme: "light", width: 360 }, print: { media: "print", colorScheme: "light" } };
    for (const file of files) {
      const name = file.split("/").pop().replace(".html", ""), of = (found[name] = { violations: [], widths: {}, grids: {}, requests: [] });
      const page = await (await browser.newContext({ bypassCSP: true })).newPage();
      page.on("request", (request) => of.requests.push(request.url()));
      await page.goto(`file://${file}`);
      await page.addStyleTag({ content: SAME_EVERYWHERE });
      await page.addScriptTag({ path: axe });
      for (const [form, { width = 1000, ...media }] of Object.entries(forms)) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ media: "screen", ...media });
        of.widths[form] = await page.evaluate(() => document.documentElement.scrollWidth);
        of.grids[form] = await grid(await page.screenshot({ path: join(folder, `${name}-${form}.png`), fullPage: true }));
        if (!["light", "dark"].includes(form)) continue;
        const { violations } = await page.evaluate((runOnly) => axe.run(document, { runOnly }), form === "light" ? rules : ["color-contrast"]);
        of.violations.push(...violations.map(({ id, nodes }) => `${form} ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")}`));
      }
      await page.context().close();
    }
    const silent = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    for (const file of files) {
      await silent.goto(`file://${file}`);
      found[file.split("/").pop().replace(".html", "")].withoutScripts = await silent.locator("article").first().innerText();
    }
    return found;
  },
  // A long log, made in the browser: the page answers meanwhile, its memory stays bounded, and cancel works.
  async long(megabytes) {
    const page = await open();
    const memory = async () => (await (await page.context().newCDPSession(page)).send("Performance.getMetrics").catch(() => ({ metrics: [] }))).metrics
      .find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
    const feed = (count) => page.evaluate((n) => {
      const line = "2017-03-02T07:10:46.000+00:00 expe tvcs: UTCTime=\"2017-03-02 07:10:46\" Module=\"network.sip\" Level=\"DEBUG\": Action=\"Received\" nothing of interest here\n";
      const piece = new Blob([line.repeat(Math.ceil(1e6 / line.length))]);
      const transfer = new DataTransfer();
      transfer.items.add(new File(Array(n).fill(piece), "long.log"));
      document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, count);
    await feed(Number(megabytes));
    await page.waitForFunction(() => document.querySelector("#progress").value > 0, null, WAIT);
    const answered = await page.evaluate(() => 1 + 1);
    await page.click("#cancel");
    const cancelled = await page.locator("#status").innerText();
    await page.fill("#domain", "example.com");
    await page.waitForTimeout(400);
    await settled(page);
    return { answered, cancelled, heap: await memory(), ...(await state(page)) };
  },
};

try {
  console.log(JSON.stringify(await tasks[task](...given)));
} finally {
  await browser.close();
}
