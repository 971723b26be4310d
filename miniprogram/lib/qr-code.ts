import qrcode from 'qrcode-generator'

/** What a scanner reads, as rows of dark (true) and light modules; no margin. */
export function qrModules(text: string): boolean[][] {
  const code = encode(text)
  const count = code.getModuleCount()
  return Array.from({ length: count }, (_, row) => Array.from({ length: count }, (_, column) => code.isDark(row, column)))
}

/** The same as a picture for <image src>: a data URL, `cell` px a module, with the quiet margin that scanners need. */
export function qrPicture(text: string, cell = 6): string {
  return encode(text).createDataURL(cell, cell * 2)
}

/** Level M survives a crease or a smudge; type 0 takes the smallest code that holds the text. */
function encode(text: string): ReturnType<typeof qrcode> {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  return code
}
