// Audits pages with Lighthouse as a telephone on a slow line would load them.
//
//   node audit.mjs CHROMIUM URL...
//
// Writes one line of JSON a page: the four scores, and what lies behind that of performance.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...urls] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const AUDITS = {
  "first paint s": "first-contentful-paint",
  "largest paint s": "largest-contentful-paint",
  "blocked s": "total-blocking-time",
};
const chromeFlags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

function figuresOf({ audits, categories }) {
  const seconds = Object.entries(AUDITS).map(([name, audit]) => [
    name,
    audits[audit].numericValue / 1000,
  ]);
  const requests = audits["network-requests"].details.items;
  return {
    ...Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)])),
    ...Object.fromEntries(seconds),
    "layout shift": audits["cumulative-layout-shift"].numericValue,
    bytes: audits["total-byte-weight"].numericValue,
    requests: requests.length,
  };
}

const chrome = await launch({ chromePath, chromeFlags });
for (const url of urls) {
  const { lhr } = await lighthouse(url, {
    port: chrome.port,
    onlyCategories: CATEGORIES,
    output: "json",
  });
  const failed = Object.values(lhr.audits).filter(
    (audit) => audit.scoreDisplayMode === "binary" && audit.score === 0,
  );
  const told = { url, figures: figuresOf(lhr), failed: failed.map((audit) => audit.id) };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
chrome.kill();
