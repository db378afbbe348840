const svgNames = new Set(['svg', 'g', 'line', 'circle', 'rect', 'path', 'text', 'title']);

/** An element with attributes, listeners (`onclick`) and children; strings become text, never markup. Null children are left out. */
export function h(name, attributes = {}, ...children) {
  const element = svgNames.has(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** The shape of a kind of source, told apart without colour: embassy a circle, RAS a diamond, sector a square. */
export function shapePath(kind, x, y, r) {
  if (kind === 'embassy') return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  if (kind === 'ras') return `M${x} ${y - r * 1.25}L${x + r * 1.25} ${y}L${x} ${y + r * 1.25}L${x - r * 1.25} ${y}Z`;
  const s = r * 0.9;
  return `M${x - s} ${y - s}H${x + s}V${y + s}H${x - s}Z`;
}

export const kindIcon = (kind) =>
  h(
    'svg',
    { class: `kind ${kind}`, viewBox: '0 0 12 12', role: 'img', 'aria-label': kindName(kind) },
    h('path', { d: shapePath(kind, 6, 6, 4.6) }),
  );

export const kindName = (kind) => ({ embassy: 'Embassy', ras: 'RAS', sector: 'Sector' })[kind] ?? kind;
