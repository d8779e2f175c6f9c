/**
 * The shape of a page: all that axe's rules ask of it, and neither its words nor its numbers.
 *
 * Of a row of equal siblings two are kept, since that is how an id comes twice.
 */
() => {
  const words = new Set([
    "action", "alt", "aria-label", "aria-valuetext", "content", "d", "datetime", "href",
    "placeholder", "points", "src", "title", "value",
  ]);
  const references = new Set([
    "aria-activedescendant", "aria-controls", "aria-describedby", "aria-labelledby", "aria-owns",
    "for", "form", "headers", "list",
  ]);
  const told = (text) => text.replace(/\d+/gu, "0");
  const once = (id) => document.querySelectorAll(`[id="${CSS.escape(id)}"]`).length;
  const leads = (ids) => ids.trim().split(/\s+/u).map((id) => Math.min(once(id), 2));

  const attribute = ({ name, value }) => {
    if (name === "id") return `id=${told(value)}*${Math.min(once(value), 2)}`;
    if (references.has(name)) return `${name}=${leads(value)}`;
    if (value.startsWith("#") && name === "href") return `href=#${leads(value.slice(1))}`;
    return `${name}=${words.has(name) ? Boolean(value.trim()) : told(value)}`;
  };

  const state = (node) =>
    [":checked", ":disabled", ":focus", ":hover", ":invalid", ":modal", ":placeholder-shown"]
      .filter((one) => node.matches(one))
      .concat(node.labels ? `labels${node.labels.length}` : []);

  const shape = (node) => {
    // Words count by being there; fewer than four letters may make a target too small.
    if (node.nodeType === Node.TEXT_NODE) return "t".repeat(Math.min(node.data.trim().length, 4));
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("script, template")) return "";
    const kept = [];
    for (const one of Array.from(node.childNodes, shape).filter(Boolean)) {
      if (one !== kept.at(-1) || one !== kept.at(-2)) kept.push(one);
    }
    const marks = Array.from(node.attributes, attribute).sort().concat(state(node));
    return `<${node.localName} ${marks.join(" ")}>${kept.join("")}</>`;
  };

  const { lang } = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return `${innerWidth} ${dark} ${lang} ${Boolean(document.title)} ${shape(document.body)}`;
}
