package org.interregnum.languagemodel;

/**
 * What a model is told for one decision.
 *
 * @param variant name of the wording
 * @param hash SHA-256 of the wording's templates in hexadecimal digits: equal for all decisions of one wording
 * @param system who the model is to be
 * @param user the situation and the question
 */
public record Prompt(String variant, String hash, String system, String user) {}
