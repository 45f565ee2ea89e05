// What pdf.js reads in a PDF: of each page its text as it is searched, and the texts of its structure tree in order, but for what is drawn in figures.
import { readFileSync, writeFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const data = new Uint8Array(readFileSync(process.argv[2]));
const pdf = await getDocument({ data, disableFontFace: true, verbosity: 0 }).promise;
const pages = [];
for (let number = 1; number <= pdf.numPages; number++) {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
  const texts = new Map(); // by the number of marked content
  const open = [];
  let shown = "";
  for (const item of items) {
    if (item.type === "endMarkedContent") open.pop();
    else if (item.type) open.push(item.id ?? null);
    else {
      shown += item.str + (item.hasEOL ? "\n" : "");
      const inside = open.findLast((id) => id !== null);
      if (inside) texts.set(inside, (texts.get(inside) ?? "") + item.str);
    }
  }
  const spoken = [];
  const walk = (node) => {
    for (const child of node.children ?? []) {
      if (child.type !== "content") walk(child);
      else if (node.role !== "Figure") spoken.push(texts.get(child.id) ?? "");
    }
  };
  walk((await page.getStructTree()) ?? {});
  pages.push({ shown, spoken });
}
writeFileSync(process.argv[3], JSON.stringify(pages)); // standard output has what pdf.js says of the machine
