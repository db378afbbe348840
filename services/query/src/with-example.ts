import type { z } from 'zod';

/** The schema with an example, which is checked against it when it is given. */
export const withExample = <T extends z.ZodType>(schema: T, example: z.input<T>): T => schema.meta({ examples: [schema.parse(example)] });
