/** The policy of routes that show content: analysts and leads, each for one audience. */
export const readers = { roles: ['analyst', 'lead'] } as const;

/** The policy of routes that show how the service does, and messages that a step could not handle. */
export const operators = { roles: ['operator'] } as const;
