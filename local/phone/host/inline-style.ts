/** Inline styles come from templates at run time, so their WeChat units are turned into the browser's here. */
const UNITS: Record<string, string> = { rpx: 'var(--rpx)', vw: 'var(--phone-vw)', vh: 'var(--phone-vh)' }
const LENGTH = /(?<![\w#.-])(-?(?:\d*\.)?\d+)(rpx|vw|vh)\b/g

/** `width:200rpx;top:env(safe-area-inset-top)` → the same in the phone's own measures. Root-relative URLs are the app's images. */
export function browserStyle(style: string): string {
  return style
    .replace(LENGTH, (_, amount: string, unit: string) => `calc(${amount} * ${UNITS[unit] ?? '1px'})`)
    .replace(/(?:env|constant)\(\s*(safe-area-inset-\w+)\s*(?:,[^)]*)?\)/g, 'var(--$1)')
    .replace(/url\((['"]?)\/(?!\/)/g, 'url($1./')
}
