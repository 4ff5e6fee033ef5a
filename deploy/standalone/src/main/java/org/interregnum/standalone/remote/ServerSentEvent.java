package org.interregnum.standalone.remote;

/**
 * One event of a stream.
 *
 * @param id identifier of the latest event that had one; empty while none had
 * @param name what kind it is of; {@code message} unless said otherwise
 * @param data its data, lines parted by line feeds
 */
record ServerSentEvent(String id, String name, String data) {}
