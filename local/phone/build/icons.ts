/** TDesign's icon font lives on a CDN. In the workplace the same icons are drawn from an npm package as masks, so that pages look right offline. */
import { createRequire } from 'node:module'
import type { Root } from 'postcss'
import postcss from 'postcss'

interface IconSet {
  icons: Record<string, { body: string } | undefined>
  aliases?: Record<string, { parent: string } | undefined>
}

const RULE = /^\.t-icon-([\w-]+):before$/

export class IconFont {
  private readonly set = createRequire(__filename)('@iconify-json/tdesign/icons.json') as IconSet

  /** @param words every word in the app's sources: an icon that no source names is left out */
  constructor(private readonly words: ReadonlySet<string>) {}

  isIconStyle(file: string): boolean {
    return /tdesign-miniprogram[\\/].*[\\/]icon[\\/]icon\.wxss$/.test(file)
  }

  drawOffline(root: Root): void {
    root.walkAtRules('font-face', (rule) => void rule.remove())
    root.walkRules(/:before$/, (rule) => {
      const name = RULE.exec(rule.selector)?.[1]
      if (name === undefined) return
      const icon = this.set.icons[name] ?? this.set.icons[this.set.aliases?.[name]?.parent ?? '']
      if (!icon || !this.words.has(name)) rule.remove()
      else
        rule.replaceWith(
          postcss.parse(
            `${rule.selector}{content:'';display:inline-block;width:1em;height:1em;vertical-align:top;background:currentColor;mask:${this.mask(icon.body)} center/contain no-repeat}`,
          ).nodes,
        )
    })
  }

  private mask(body: string): string {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${body}</svg>`
    return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`
  }
}
