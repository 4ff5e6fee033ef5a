package org.interregnum.orchestrator.agent;

/** Whose interface a model's endpoint speaks. */
public enum ModelProvider {
    /** OpenAI's chat completions, which most servers speak. */
    OPENAI,
    /** Anthropic's messages. */
    ANTHROPIC,
    /** Ollama's own chat interface. */
    OLLAMA
}
