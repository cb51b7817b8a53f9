// Builds static/build/ from assets/ and node_modules/: style sheets with the pictures they name, icons, htmx.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const top = join(dirname(fileURLToPath(import.meta.url)), "..");
const uswds = join(top, "node_modules/@uswds/uswds");
const out = join(top, "static/build");
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "img"), { recursive: true });

for (const sheet of ["portal", "admin"]) {
  let { css } = sass.compile(join(top, `assets/${sheet}.scss`), {
    style: "compressed",
    loadPaths: [join(top, "assets"), join(uswds, "packages")],
    quietDeps: true,
    silenceDeprecations: ["if-function", "global-builtin", "import"],
    logger: sass.Logger.silent,
  });
  // USWDS declares every weight of its fonts; ours are the two reduced ones (parts/_base.scss).
  css = css.replace(/@font-face\{[^}]*\}/g, (rule) => (rule.includes("../fonts/public-sans-") ? rule : ""));
  css = css.replace(/url\(["']?(img\/[^"')]+)["']?\)/g, (_, path) => {
    const name = path.replace(/^img\//, "").replaceAll("/", "-");
    copyFileSync(join(uswds, "dist", path), join(out, "img", name));
    return `url("img/${name}")`;
  });
  writeFileSync(join(out, `${sheet}.css`), css);
}

const names = JSON.parse(readFileSync(join(top, "assets/icons.json"), "utf8"));
const symbols = Object.entries(names).map(([name, file]) => {
  const body = readFileSync(join(uswds, "dist/img/usa-icons", `${file}.svg`), "utf8");
  const inner = body.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/<path d="M0 0h24v24H0V?0?z?" fill="none"\/>/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
});
// Drawn by us: USWDS has none of these.
const own = {
  pause: '<path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.500 14h-2.500V8h2.500zm5.500 0h-2.500V8H16z"/>',
  "ring-dash": '<path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 18a8 8 0 1 1 0-16 8 8 0 0 1 0 16zM7 11h10v2H7z"/>',
  "ring-check": '<path fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="5 2.850" d="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z"/><path d="m10.500 16.500-4-4L8 11l2.500 2.500L16 8l1.500 1.500z"/>',
};
for (const [name, body] of Object.entries(own)) symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`);
writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
for (const file of ["node_modules/htmx.org/dist/htmx.min.js", "assets/portal.js"]) copyFileSync(join(top, file), join(out, basename(file)));
