/** The value of the decimal digit with a UTF-16 unit: European, Arabic, Persian or full-width; undefined for anything else. */
export function digitValue(code: number): number | undefined {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 0x660 && code <= 0x669) return code - 0x660;
  if (code >= 0x6f0 && code <= 0x6f9) return code - 0x6f0;
  return code >= 0xff10 && code <= 0xff19 ? code - 0xff10 : undefined;
}
