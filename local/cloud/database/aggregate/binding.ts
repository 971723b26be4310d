import { requestFailed } from '../cloud-error'
import { isDoc } from '../values/value'
import { withLocals } from './env'
import { namedOperands, type Operators } from './operator'

export const BINDING: Operators = {
  $let: (operand, env, compile) => {
    const { vars: bound, in: body } = namedOperands('$let', operand, ['vars', 'in'], [])
    if (!isDoc(bound)) throw requestFailed("invalid parameter: expected an object for 'vars' of $let")
    const values = Object.entries(bound).map(([name, value]) => {
      checkVariableName(name)
      return [name, compile(value, env)] as const
    })
    const compute = compile(body ?? null, withLocals(env, Object.keys(bound)))
    return (root, vars) => compute(root, { ...vars, ...Object.fromEntries(values.map(([name, value]) => [name, value(root, vars)])) })
  },
}

/** Names that people bind begin with a small letter (or anything beyond ASCII). */
export function checkVariableName(name: string): void {
  if (!/^[a-z\u0080-\uffff][a-zA-Z0-9_\u0080-\uffff]*$/.test(name))
    throw requestFailed(`'${name}' starts with an invalid character for a user variable name`)
}
