/** Adapter: a run's event log as one file. */
package org.interregnum.orchestrator.adapter.file;
