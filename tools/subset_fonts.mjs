// Cut Fira Sans down to Latin scripts and to the features that our stylesheets use; for papers,
// where names of all of Europe are printed, Greek and Cyrillic stay in.
// node tools/subset_fonts.mjs FOLDER   writes 400.woff2, 600.woff2 and the same as .ttf for papers;
// called by tools/vendor.py

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import subsetFont from "subset-font";

const SOURCE = "node_modules/@kern-ux/native/dist/fonts/fira-sans";
const WEIGHTS = { 400: "FiraSans-Regular.woff2", 600: "FiraSans-SemiBold.woff2" };

// Latin with the accents of all of Europe, German quotes, dashes, arrows, currency, fractions' bar.
const LETTERS = [
  [0x20, 0x7e], [0xa0, 0x17f], [0x192, 0x192], [0x218, 0x21b], [0x2bb, 0x2bd], [0x2c6, 0x2c7],
  [0x2d8, 0x2dd], [0x300, 0x304], [0x306, 0x308], [0x30a, 0x30c], [0x326, 0x328], [0x1e9e, 0x1e9e],
  [0x2010, 0x2015], [0x2018, 0x2022], [0x2026, 0x2026], [0x202f, 0x202f], [0x2030, 0x2030],
  [0x2032, 0x2033], [0x2039, 0x203a], [0x2044, 0x2044], [0x20ac, 0x20ac], [0x2116, 0x2116],
  [0x2122, 0x2122], [0x2190, 0x2193], [0x2212, 0x2212], [0x2248, 0x2248], [0x2264, 0x2265],
];
const MORE_LETTERS = [
  [0x180, 0x24f], [0x250, 0x2ff], [0x300, 0x36f], [0x370, 0x3ff], [0x400, 0x52f], [0x1e00, 0x1eff],
  [0x1f00, 0x1fff], [0x2000, 0x20cf], [0x2100, 0x22ff], [0x2500, 0x27bf], [0xfb00, 0xfb06],
];
const FEATURES = ["kern", "liga", "tnum", "ccmp", "locl", "mark", "mkmk"];

const written = (ranges) => ranges.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, step) => String.fromCodePoint(first + step)),
).join("");
const FORMATS = {
  woff2: { text: written(LETTERS), targetFormat: "woff2" },
  ttf: { text: written([...LETTERS, ...MORE_LETTERS]), targetFormat: "truetype" },
};

for (const [weight, file] of Object.entries(WEIGHTS)) {
  const whole = await readFile(join(SOURCE, file));
  for (const [ending, { text, targetFormat }] of Object.entries(FORMATS)) {
    const part = await subsetFont(whole, text, { targetFormat, keepFeatures: FEATURES });
    await writeFile(join(process.argv[2], `${weight}.${ending}`), part);
  }
}
