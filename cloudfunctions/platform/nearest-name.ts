/** Which of the names was probably meant, for a sentence that helps; null when none is close. */
export const nearestName = (wanted: string, names: readonly string[]): string | null => {
  const ranked = names.map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) })).sort((a, b) => a.distance - b.distance)
  const [best] = ranked
  return best && best.distance <= Math.max(2, Math.ceil(best.name.length / 2)) ? best.name : null
}

/** Levenshtein distance; long nonsense is cut, since only what is close matters. */
const editDistance = (a: string, b: string): number => {
  const left = a.slice(0, 40)
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (left[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}
