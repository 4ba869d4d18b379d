// Spans, transactions, long tasks, errors and clicks are on by default; the console is not instrumented by this agent.
import { init } from '@elastic/apm-rum'
import { receiver } from './receiver.js'

init({
  serverUrl: receiver,
  serviceName: 'bench',
  serviceVersion: '1.0.0',
  environment: 'bench',
  transactionSampleRate: 1,
  // a click that starts no request counts as well
  reportTransactionsWithoutSpans: true,
})
