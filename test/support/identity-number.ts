const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The `n`th of many resident identity numbers of grown-ups, with the check sign that belongs to it (GB 11643). `n` below 999. */
export const identityNumber = (n: number): string => {
  const digits = `11010119600101${String(n).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return `${digits}${'10X98765432'[sum % 11] ?? ''}`
}

let given = 0
/** One that nobody has got from here before. */
export const nextIdentityNumber = (): string => identityNumber(given++)
