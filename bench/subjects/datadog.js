// Vitals, views, errors and `console.error` are on by default; replay, profiler and its own telemetry are off.
import { datadogRum } from '@datadog/browser-rum'
import { receiver } from './receiver.js'

datadogRum.init({
  applicationId: '00000000-0000-4000-8000-000000000000',
  clientToken: 'pub00000000000000000000000000000000',
  site: 'datadoghq.com',
  proxy: `${receiver}/datadog`,
  service: 'bench',
  version: '1.0.0',
  env: 'bench',
  sessionSampleRate: 100,
  sessionReplaySampleRate: 0,
  profilingSampleRate: 0,
  telemetrySampleRate: 0,
  trackResources: true,
  trackLongTasks: true,
  trackUserInteractions: true,
  defaultPrivacyLevel: 'allow',
})
