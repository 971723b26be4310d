/** A small scanner of WXML: every opening tag with its attributes and where they stand. It checks nothing of the syntax; the compilers do that. */
export interface TemplateAttribute {
  name: string
  /** absent for an attribute without a value */
  value?: string
  index: number
}

export interface TemplateTag {
  name: string
  index: number
  attributes: TemplateAttribute[]
}

const TAG = /<!--[\s\S]*?-->|<([a-zA-Z][\w-]*)|\{\{[\s\S]*?\}\}/g
const ATTRIBUTE = /\s*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?|\s*\/?>/y

export function scanTags(template: string): TemplateTag[] {
  const tags: TemplateTag[] = []
  TAG.lastIndex = 0
  for (let match = TAG.exec(template); match; match = TAG.exec(template)) {
    const name = match[1]
    if (name === undefined) continue
    const tag: TemplateTag = { name, index: match.index, attributes: [] }
    ATTRIBUTE.lastIndex = TAG.lastIndex
    for (let found = ATTRIBUTE.exec(template); found?.[1] !== undefined; found = ATTRIBUTE.exec(template)) {
      const index = found.index + found[0].indexOf(found[1])
      tag.attributes.push({ name: found[1], value: found[2] ?? found[3], index })
      TAG.lastIndex = ATTRIBUTE.lastIndex
    }
    tags.push(tag)
    if (name === 'wxs') {
      const end = template.indexOf('</wxs>', TAG.lastIndex)
      const selfClosed = template.slice(match.index, template.indexOf('>', TAG.lastIndex) + 1).endsWith('/>')
      if (!selfClosed && end >= 0) TAG.lastIndex = end
    }
  }
  return tags
}
