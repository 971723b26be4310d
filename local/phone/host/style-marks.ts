/** Placeholders that the build leaves in style sheets and the runtime fills in when it knows a component's scope. */
export const SCOPE_MARK = '__scope__'
export const HOST_MARK = '__host__'
/** stands before each selector of a page's style sheet; becomes `:where(…)` of that page, which adds no weight */
export const PAGE_MARK = '__page__ '
