/** Between the contracts' messages and this module's values, for services that ask models on behalf of their callers. */
package org.interregnum.languagemodel.wire;
