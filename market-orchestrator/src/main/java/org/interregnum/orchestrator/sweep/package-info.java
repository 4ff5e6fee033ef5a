/** What a sweep is: the values of its settings, the cells of their grid, and what each cell came to. */
package org.interregnum.orchestrator.sweep;
