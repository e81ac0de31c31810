// Positions on a line: as near as possible to the desired ones, in a given order, with space between them. Pure.

/**
 * The positions nearest (by squares) to `wanted`, in order, each at least `gaps[i]` after the one before it (`gaps[0]`
 * is ignored). Pool adjacent violators: with the gaps subtracted, the values must not fall.
 */
export function spread(wanted: readonly number[], gaps: readonly number[]): number[] {
  const offsets: number[] = [];
  gaps.reduce((sum, gap, index) => (offsets[index] = index === 0 ? 0 : sum + gap), 0);
  const pools: { sum: number; count: number }[] = [];
  wanted.forEach((want, index) => {
    let pool = { sum: want - (offsets[index] ?? 0), count: 1 };
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.sum / last.count <= pool.sum / pool.count) break;
      pools.pop();
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
    }
    pools.push(pool);
  });
  const places: number[] = [];
  for (const { sum, count } of pools) {
    for (let n = 0; n < count; n += 1) places.push(sum / count + (offsets[places.length] ?? 0));
  }
  return places;
}
