/**
 * The code in what was scanned or typed: the code alone, a text that ends in one, or a link with `code=`. Spaces and dashes people put in
 * are taken out, letters are capitals.
 */
export function codeIn(text: string): string {
  const linked = /[?&](?:code|scene)=([^&#\s]+)/.exec(text)?.[1]
  return decoded(linked ?? text)
    .replace(/[\s\-－—_·]/g, '')
    .toUpperCase()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray % is no reason to refuse: the server says whether there is such a code.
    return text
  }
}
