/**
 * Places for nodes so that linked ones are near and others apart (Fruchterman-Reingold with cooling). The same nodes and edges
 * give the same picture: it starts from a fixed spiral and uses no chance.
 */
export function layOut(count, edges, width, height) {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const golden = Math.PI * (3 - Math.sqrt(5));
  for (let i = 0; i < count; i++) {
    const r = 0.42 * Math.sqrt((i + 0.5) / count);
    x[i] = r * Math.cos(i * golden) * width;
    y[i] = r * Math.sin(i * golden) * height;
  }
  const ideal = 0.9 * Math.sqrt((width * height) / Math.max(count, 4));
  const rounds = Math.max(40, Math.min(320, Math.floor(3_000_000 / (count * count + edges.length + 1))));
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let round = 0; round < rounds; round++) {
    push(count, x, y, dx, dy, ideal);
    pull(edges, x, y, dx, dy, ideal);
    const heat = (0.12 * Math.min(width, height) * (rounds - round)) / rounds;
    for (let i = 0; i < count; i++) {
      const length = Math.hypot(dx[i], dy[i]) || 1;
      x[i] += (dx[i] / length) * Math.min(length, heat);
      y[i] += (dy[i] / length) * Math.min(length, heat);
    }
  }
  return fit(count, x, y, width, height);
}

function push(count, x, y, dx, dy, ideal) {
  const reach = (2.6 * ideal) ** 2;
  for (let i = 0; i < count; i++) {
    // a little gravity keeps parts that hang on nothing in the picture
    dx[i] = -x[i] * 0.05;
    dy[i] = -y[i] * 0.05;
  }
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const ex = x[i] - x[j];
      const ey = y[i] - y[j];
      const square = ex * ex + ey * ey;
      // beyond a few ideal lengths parts leave each other alone, so that nothing flies off
      if (square > reach) continue;
      const force = (ideal * ideal) / Math.max(square, 1);
      dx[i] += ex * force;
      dy[i] += ey * force;
      dx[j] -= ex * force;
      dy[j] -= ey * force;
    }
  }
}

function pull(edges, x, y, dx, dy, ideal) {
  for (const { from, to, strength } of edges) {
    const ex = x[from] - x[to];
    const ey = y[from] - y[to];
    const force = (Math.hypot(ex, ey) / ideal) * strength;
    dx[from] -= ex * force;
    dy[from] -= ey * force;
    dx[to] += ex * force;
    dy[to] += ey * force;
  }
}

/** Fills the picture; the two directions may be stretched differently, but not so much that distances mislead. */
function fit(count, x, y, width, height) {
  const pad = 48;
  const [left, right, top, bottom] = [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)];
  const most = count < 4 ? 1.2 : 3;
  const wide = Math.min((width - 2 * pad) / Math.max(right - left, 1), most);
  const high = Math.min((height - 2 * pad) / Math.max(bottom - top, 1), most);
  const [sx, sy] = [Math.min(wide, high * 1.9), Math.min(high, wide * 1.9)];
  return Array.from({ length: count }, (_, i) => ({
    x: width / 2 + (x[i] - (left + right) / 2) * sx,
    y: height / 2 - 8 + (y[i] - (top + bottom) / 2) * sy,
  }));
}
