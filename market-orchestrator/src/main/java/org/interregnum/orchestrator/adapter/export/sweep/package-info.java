/** Adapter: what a sweep's table of runs amounts to: figures, tables of means with intervals, comparisons. */
package org.interregnum.orchestrator.adapter.export.sweep;
