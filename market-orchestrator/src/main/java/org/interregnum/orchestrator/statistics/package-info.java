/** Statistics over the runs of a sweep: replicates, intervals, paired comparisons, components of variance, transitions. */
package org.interregnum.orchestrator.statistics;
