import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { CollectConfig, channels } from '../../services/collect/src/config.ts';

// What no container engine, cluster or Prometheus is here to run is held to its shape and to what the code really has. Not checked here: that the images build,
// that Kubernetes admits the manifests, and that Prometheus and Grafana load their files.

const root = join(import.meta.dirname, '..', '..');
const infra = join(root, 'infra');
const read = (...path: string[]): string => readFileSync(join(infra, ...path), 'utf8');
const processes = readdirSync(join(root, 'services')).filter((service) =>
  readdirSync(join(root, 'services', service, 'src')).includes('main.ts'),
);
const services = processes.filter((service) => service !== 'standalone' && service !== 'collect').sort();
const documents = (file: string) =>
  parseAllDocuments(read('kubernetes', file)).map((document) => {
    expect(document.errors, file).toEqual([]);
    return document.toJS();
  });
const sources = ['packages/runtime/src', ...services.map((service) => `services/${service}/src`)].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
);
const metricsInCode = new Set(
  sources.flatMap((text) => text.match(/'(samenhang_[a-z_]+|process_[a-z_]+)'/g) ?? []).map((name) => name.slice(1, -1)),
);
const metricsIn = (text: string): readonly string[] => text.match(/\b(samenhang|process)_[a-z_]+\b(?=[{})\s[]|$)/g) ?? [];

interface Alert {
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

interface Pod {
  readonly securityContext?: { readonly runAsNonRoot?: boolean };
  readonly automountServiceAccountToken?: boolean;
  readonly containers: readonly [
    {
      readonly image: string;
      readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean; readonly allowPrivilegeEscalation?: boolean };
    },
  ];
}

/** What is wrong with a workload, in words; nothing for one that is locked down and watched. */
function faultsOf({ containers: [container], ...pod }: Pod): readonly string[] {
  return [
    pod.securityContext?.runAsNonRoot === true ? '' : 'may run as root',
    pod.automountServiceAccountToken === false ? '' : 'holds a token of the cluster',
    container.securityContext?.readOnlyRootFilesystem === true ? '' : 'may write to its root',
    container.securityContext?.allowPrivilegeEscalation === false ? '' : 'may gain privileges',
    /:\d+\.\d+/.test(container.image) ? '' : 'has no version',
  ].filter((fault) => fault !== '');
}

describe('infra', () => {
  it('has a manifest for every service that runs as a process of its own, and each is listed', () => {
    const listed: readonly string[] = parse(read('kubernetes', 'kustomization.yaml')).resources;

    expect(services).toEqual(['correlate', 'enrich', 'ingest', 'materialize', 'notify', 'query']);
    for (const service of services) expect(listed).toContain(`${service}.yaml`);
    expect(
      readdirSync(join(infra, 'kubernetes'))
        .filter((name) => name !== 'kustomization.yaml')
        .sort(),
    ).toEqual([...listed].sort());
  });

  it('runs every service locked down, probed, bounded and with a disruption budget', () => {
    for (const service of services) {
      const all = documents(`${service}.yaml`);
      const { template, selector } = all.find(({ kind }) => kind === 'Deployment').spec;
      const [container] = template.spec.containers;
      expect(faultsOf(template.spec), service).toEqual([]);
      expect(template.metadata.labels).toMatchObject(selector.matchLabels);
      expect(container.livenessProbe.httpGet.path).toBe('/live');
      expect(container.readinessProbe.httpGet.path).toBe('/ready');
      expect(container.resources.limits.memory).toBeTypeOf('string');
      expect(all.find(({ kind }) => kind === 'PodDisruptionBudget').spec.selector.matchLabels).toEqual(selector.matchLabels);
    }
    expect(faultsOf(documents('common.yaml').find(({ kind }) => kind === 'Job').spec.template.spec)).toEqual([]);
  });

  it('would see a workload that is not locked down', () => {
    expect(faultsOf({ containers: [{ image: 'samenhang/query:latest' }] })).toHaveLength(5);
  });

  it('runs what collects locked down, one process per channel and never two, with a volume each and no way to the engines', () => {
    const all = documents('collect.yaml');
    const deployments = all.filter(({ kind }) => kind === 'Deployment');

    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(channels.map((channel) => `collect-${channel}`));
    for (const [at, { metadata, spec }] of deployments.entries()) {
      const { template, selector, replicas, strategy } = spec;
      expect(faultsOf(template.spec), metadata.name).toEqual([]);
      expect(template.metadata.labels).toMatchObject(selector.matchLabels);
      expect({ replicas, strategy }).toEqual({ replicas: 1, strategy: { type: 'Recreate' } });
      expect(template.spec.containers[0].args).toEqual(['--channel', channels[at], '--config', '/etc/samenhang/collect.yaml']);
      expect(template.spec.volumes).toContainEqual({ name: 'kept', persistentVolumeClaim: { claimName: metadata.name } });
      expect(all.filter(({ kind }) => kind === 'PersistentVolumeClaim').map((claim) => claim.metadata.name)).toContain(metadata.name);
      expect(template.metadata.labels['part-of'], 'the label that opens the way to the engines').not.toBe('samenhang');
    }
  });

  it('collects, in compose and in the cluster, by configurations that collect takes', () => {
    const configured = documents('collect.yaml').find(({ kind }) => kind === 'ConfigMap').data['collect.yaml'];
    const { services: composed } = parse(read('compose.yaml'), { merge: true });

    for (const text of [configured, read('collect.yaml')]) expect(CollectConfig.parse(parse(text)).service).toBe('http://ingest:8080');
    for (const channel of channels) {
      expect(composed[`collect-${channel}`].build.args).toEqual({ SERVICE: 'collect' });
      expect(composed[`collect-${channel}`].command).toEqual(['--channel', channel, '--config', '/etc/samenhang/collect.yaml']);
      expect(composed[`collect-${channel}`].read_only).toBe(true);
    }
  });

  it('allows no traffic but what is named', () => {
    const policies = documents('network.yaml');

    expect(policies[0].spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(policies.every(({ kind }) => kind === 'NetworkPolicy')).toBe(true);
  });

  it('builds, in compose, every service from the one Dockerfile, waits for the engines, and pins every image', () => {
    const { services: composed } = parse(read('compose.yaml'), { merge: true });

    for (const service of services) {
      expect(composed[service].build).toEqual({ context: '..', dockerfile: 'infra/Dockerfile', args: { SERVICE: service } });
      expect(composed[service].read_only).toBe(true);
      expect(Object.keys(composed[service].depends_on)).toEqual(['kafka', 'mongodb', 'topics', 'keys']);
    }
    for (const { image } of Object.values<{ readonly image?: string }>(composed))
      if (image !== undefined) expect(image).toMatch(/:v?\d+\.\d+/);
    for (const engine of ['kafka', 'mongodb']) expect(composed[engine].healthcheck.test[0]).toBe('CMD');
  });

  it('gives services only environment variables that they read', () => {
    const known =
      readFileSync(join(root, 'packages/runtime/src/load-config.ts'), 'utf8') +
      readFileSync(join(root, 'packages/runtime/src/run-main.ts'), 'utf8');
    const given = [
      ...read('compose.yaml').matchAll(/^ {4}((?:SAMENHANG|MONGODB)_[A-Z_]+|KAFKA_BROKERS):/gm),
      ...read('Dockerfile').matchAll(/\b(SAMENHANG_[A-Z]+)=/g),
    ];

    expect(given.length).toBeGreaterThan(4);
    for (const [, name] of given) expect(known).toContain(name);
  });

  it('runs containers as a user without rights, with the entry of the service that was asked for', () => {
    const lines = read('Dockerfile').split('\n');

    expect(lines.findIndex((line) => line === 'USER node')).toBeGreaterThan(lines.findLastIndex((line) => line.startsWith('FROM')));
    expect(read('Dockerfile')).toContain('ARG SERVICE');
    expect(lines.filter((line) => line.startsWith('FROM')).every((line) => /node:26\.10\.0-/.test(line))).toBe(true);
  });

  it('alerts and draws only what the services measure', () => {
    const alerts = parse(read('prometheus', 'alerts.yaml')).groups.flatMap((group: { readonly rules: readonly Alert[] }) => group.rules);
    const drawn = JSON.parse(read('grafana', 'dashboard.json')).panels.flatMap(
      (panel: { readonly targets: readonly { readonly expr: string }[] }) => panel.targets,
    );
    const used = [...alerts, ...drawn].flatMap(({ expr }) => metricsIn(expr));

    expect(used.length).toBeGreaterThan(8);
    for (const name of used) expect(metricsInCode).toContain(name);
    expect(metricsInCode).not.toContain('samenhang_nothing_of_the_kind');
    for (const { annotations, labels } of alerts) {
      expect(annotations.summary.length).toBeGreaterThan(10);
      expect(['critical', 'warning']).toContain(labels.severity);
    }
  });

  it('collects traces where compose sends them', () => {
    const collector = parse(read('collector.yaml'));

    expect(read('compose.yaml')).toContain(`http://collector:${collector.receivers.otlp.protocols.http.endpoint.split(':')[1]}`);
    expect(collector.service.pipelines.traces.receivers).toEqual(['otlp']);
  });
});
