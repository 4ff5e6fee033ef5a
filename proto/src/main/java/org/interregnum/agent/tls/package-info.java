/** TLS between the orchestrator and its agents, by files that the environment names. */
package org.interregnum.agent.tls;
