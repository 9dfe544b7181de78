// Who may import whom (docs/architecture.md, "Layout").
const entryPoints = '^(app|listener|jobs|sse|cli|instrumentation)';
const products =
  '^(activity|bus|cache|feeds|hubs|ledger|outputs|prisma|runtime|settings|ui|upstreams|widgets)/';

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'products-never-import-entry-points',
      severity: 'error',
      from: { path: products },
      to: { path: entryPoints },
    },
    {
      name: 'no-product-imports-a-widget',
      severity: 'error',
      from: { path: '^(activity|bus|cache|feeds|hubs|ledger|outputs|prisma|runtime|settings|ui|upstreams)/' },
      to: { path: '^widgets/' },
    },
    {
      name: 'widgets-do-not-know-each-other',
      severity: 'error',
      from: { path: '^widgets/([^/]+)/' },
      to: { path: '^widgets/([^/]+)/', pathNot: '^widgets/$1/' },
    },
    {
      name: 'only-feeds-and-cache-know-their-engines',
      severity: 'error',
      from: { pathNot: '^(feeds|cache)/|\\.test\\.ts$' },
      to: { path: '^(feeds|cache)/engines/' },
    },
    {
      name: 'the-demo-imports-nothing-of-hubs',
      severity: 'error',
      from: { path: '^demo/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(?!demo/|node_modules/)[^/]+/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'nothing-but-local-and-tests-needs-the-local-servers',
      severity: 'error',
      from: { path: `${entryPoints}|${products}`, pathNot: '\\.test\\.tsx?$|\\.conformance\\.ts$' },
      to: { path: '^(local|testing|e2e)/' },
    },
    { name: 'no-unknown-modules', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|\\.next|\\.node|\\.data|prisma/generated)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
