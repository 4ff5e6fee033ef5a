package org.interregnum.orchestrator.adapter.export.table;

import java.io.Closeable;

/** Writes a table row by row; it is whole when it is closed. */
interface RowWriter extends Rows, Closeable {}
