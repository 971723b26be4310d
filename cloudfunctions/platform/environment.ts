/** Variables of the function's instance, declared in cloudbaserc.json. */

/** @throws Error when the variable is not set: a deployment fault, told at once and by name. */
export const required = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`the variable ${name} is not set (cloudbaserc.json, envVariables)`)
  return value
}

export const optional = (name: string): string => process.env[name] ?? ''
