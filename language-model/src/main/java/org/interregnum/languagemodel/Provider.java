package org.interregnum.languagemodel;

/** Whose interface an endpoint speaks. */
public enum Provider {
    /** OpenAI's chat completions, which most servers speak: hosted ones, vLLM, llama.cpp, LM Studio, Ollama. */
    OPENAI,
    /** Anthropic's messages. */
    ANTHROPIC,
    /** Ollama's own chat interface. */
    OLLAMA
}
