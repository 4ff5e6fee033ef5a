/** A run's log as tables, row by row, for programs that compute with it. */
package org.interregnum.orchestrator.adapter.export.table;
