/** An orchestrator service as its callers see it: calls, steps as they come, files. */
package org.interregnum.standalone.remote;
