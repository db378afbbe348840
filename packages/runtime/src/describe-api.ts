import type { SwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ProblemDocument } from './errors.ts';
import type { Policy } from './principal.ts';
import { problems, problemType } from './problems.ts';

type Transform = NonNullable<Extract<SwaggerOptions, { mode?: 'dynamic' }>['transform']>;

/** What every route that is not for anyone may answer besides what it promises. */
const problemResponse = {
  description: 'A problem document (RFC 9457); its type names one of the problems of the reference.',
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      example: {
        type: problemType('not-found'),
        title: problems['not-found'].title,
        status: 404,
        detail: 'There is no incident with this id.',
        instance: '/v1/incidents/00000000-0000-5000-8000-000000000000',
      },
    },
  },
};

const audienceHeader = {
  type: 'object',
  properties: {
    'samenhang-audience': {
      type: 'string',
      description: 'The audience, of those of the key, that the request is for; the first without it.',
    },
  },
};

/** Adds to what a route declares what its policy makes of it: `x-roles`, the key it needs, and the problems it may answer with. */
const describeRoute: Transform = (given) => {
  const { schema, url } = jsonSchemaTransform(given);
  const policy: Policy | undefined = given.route.config?.roles;
  if (schema === undefined || schema.hide === true || policy === undefined) return { schema, url };
  if (policy === 'anyone') return { schema: { ...schema, 'x-roles': [policy], security: [] }, url };
  const response = typeof schema.response === 'object' ? schema.response : { 200: { description: 'Done', type: 'null' } };
  const headers = schema.headers ?? audienceHeader;
  const described = { ...schema, headers, 'x-roles': policy, security: [{ key: [] }], response: { ...response, default: problemResponse } };
  return { schema: described, url };
};

/** How the routes of an app become its OpenAPI 3.1 document, each with the roles that may use it in `x-roles`. */
export const apiDescription = (name: string): SwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: { title: `Samenhang ${name}`, version: '1' },
    components: {
      schemas: { Problem: JSON.parse(JSON.stringify(z.toJSONSchema(ProblemDocument))) },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key of this service, limited to a role and its audiences.' },
      },
    },
  },
  transform: describeRoute,
});
