# The function as a container, for Cloud Run, Kubernetes or a VM. It listens on $PORT (8080) of all interfaces, and answers
# anybody, unless PUSH_AUDIENCE and PUSH_SERVICE_ACCOUNT say whose pushes are let in. `node dist/history.cjs` is backfill and reconcile.

# The one place that names the base. The update bot keeps the digest current: docs/containers.md.
FROM node:24-slim@sha256:a9f5f7c91a432850b2a8a7797adf5eadb6c733ceed61167806cee7ea7fbc29df AS node

FROM node AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
# The merchant's extension, where there is one.
COPY package.json extension.t[s] ./
COPY functions functions
COPY shared shared
COPY tools/build tools/build
COPY tools/operator tools/operator
RUN npm run build

FROM node AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/dist dist
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1, so that SIGTERM reaches it and what is in flight is finished.
CMD ["node", "node_modules/@google-cloud/functions-framework/build/src/main.js", "--target=syncToKlaviyo", "--signature-type=cloudevent"]
