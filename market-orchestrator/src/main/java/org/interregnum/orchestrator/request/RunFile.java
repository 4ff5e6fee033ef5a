package org.interregnum.orchestrator.request;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.interregnum.orchestrator.request.RunFileContent.Group;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a run file: one YAML mapping whose keys are the options' names without dashes in front. Values are taken as
 * they are written, so that options and files go through the same checks and messages can quote them.
 */
public final class RunFile {
    private static final String RANGE = "range";
    private static final String AGENT = "agent";
    private static final String NAME = "name";

    private static final Pattern ENDPOINT_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private static final Pattern SECRET =
            Pattern.compile("(key|secret|password|credential|token)$", Pattern.CASE_INSENSITIVE);

    private static final int LARGEST = 1 << 20;

    /** Far more than the one level that a run file has: what is too deep by mistake gets a better message. */
    private static final int DEEPEST = 20;

    private final String name;
    private final Map<Setting, Given> values = new EnumMap<>(Setting.class);
    private final Map<String, Map<Setting, Given>> endpoints = new LinkedHashMap<>();
    private final List<Given> endpointNames = new ArrayList<>();
    private final Map<String, Given> lists = new HashMap<>();
    private final List<Group> sellers = new ArrayList<>();
    private final List<Group> buyers = new ArrayList<>();
    /** Whether a setting may have many values, and there may be numbers of seeds and of their repetitions. */
    private final boolean ofSweep;

    private Given seeds;
    private Given repetitions;

    private RunFile(String name, boolean ofSweep) {
        this.name = name;
        this.ofSweep = ofSweep;
    }

    /**
     * Reads a run file.
     *
     * @throws BadInputException when it cannot be read, is no YAML, or has a key that is unknown or there twice
     */
    public static RunFileContent read(String file) {
        RunFile runFile = new RunFile(file, false);
        return runFile.content(runFile.text());
    }

    /**
     * Reads a sweep file: a run file in which a setting of the whole run may be a list.
     *
     * @throws BadInputException when it cannot be read, is no YAML, or has a key that is unknown or there twice
     */
    public static SweepFileContent readSweep(String file) {
        return parseSweep(file, new RunFile(file, true).text());
    }

    /**
     * Reads a sweep file that came as a text.
     *
     * @param name what it is called in complaints
     * @throws BadInputException when it is no YAML, or has a key that is unknown or there twice
     */
    public static SweepFileContent parseSweep(String name, String text) {
        RunFile runFile = new RunFile(name, true);
        RunFileContent run = runFile.content(text);
        return new SweepFileContent(
                name, text, run, Optional.ofNullable(runFile.seeds), Optional.ofNullable(runFile.repetitions));
    }

    /**
     * Reads a run file that came as a text.
     *
     * @param name what it is called in complaints
     * @throws BadInputException when it is no YAML, is larger than 1 MiB, or has a key that is unknown or there twice
     */
    public static RunFileContent parse(String name, String text) {
        RunFile runFile = new RunFile(name, false);
        if (text.length() > LARGEST) {
            throw runFile.unusable("is larger than 1 MiB");
        }
        return runFile.content(text);
    }

    /**
     * A run file as it is written.
     *
     * @throws BadInputException when it cannot be read, is larger than 1 MiB, or is not UTF-8
     */
    public static String text(String file) {
        return new RunFile(file, false).text();
    }

    private RunFileContent content(String text) {
        readRoot(compose(text));
        return new RunFileContent(values, endpoints, endpointNames, sellers, buyers);
    }

    private String text() {
        byte[] bytes;
        try {
            Path path = Path.of(name);
            if (!Files.exists(path)) {
                throw unusable("does not exist");
            }
            if (Files.isDirectory(path)) {
                throw unusable("is a directory");
            }
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(LARGEST + 1);
            }
        } catch (InvalidPathException e) {
            throw unusable("is no name of a file");
        } catch (IOException e) {
            throw unusable("cannot be read");
        }
        if (bytes.length > LARGEST) {
            throw unusable("is larger than 1 MiB");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    // Some editors begin a file with a byte order mark, which YAML does not take for blank.
                    .replaceFirst("^\uFEFF", "");
        } catch (CharacterCodingException e) {
            throw unusable("is not text in UTF-8");
        }
    }

    private Optional<Node> compose(String text) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(name).build();
            requireShallow(new Parse(settings).parseString(text));
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1))
                    .orElse("");
            throw unusable("is not YAML" + where + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw unusable("is not YAML");
        }
    }

    /** The parser keeps a list of what is open, the composer calls itself and would run out of stack. */
    private void requireShallow(Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw unusable("is nested too deeply"
                        + event.getStartMark().map(mark -> " in" + line(mark)).orElse(""));
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private void readRoot(Optional<Node> root) {
        if (root.isEmpty()) {
            return;
        }
        if (!(root.get() instanceof MappingNode mapping)) {
            throw unusable("has no keys and values");
        }
        for (NodeTuple entry : mapping.getValue()) {
            readEntry(entry.getKeyNode(), entry.getValueNode());
        }
    }

    private void readEntry(Node keyNode, Node valueNode) {
        switch (nameOf(keyNode)) {
            case "endpoints" -> {
                requireOnce(keyNode, valueNode);
                readEndpoints(given(keyNode, valueNode), valueNode);
            }
            case "sellers" -> readStrategyOrGroups(keyNode, valueNode, sellers, List.of(RANGE, AGENT));
            case "buyers" -> readStrategyOrGroups(keyNode, valueNode, buyers, List.of(NAME, AGENT));
            case SweepFileContent.SEEDS -> seeds = count(keyNode, valueNode, SweepFileContent.SEEDS_RULE);
            case SweepFileContent.REPETITIONS ->
                repetitions = count(keyNode, valueNode, SweepFileContent.REPETITIONS_RULE);
            default -> readSettingOfRun(keyNode, valueNode);
        }
    }

    private void readStrategyOrGroups(Node keyNode, Node valueNode, List<Group> groups, List<String> ownKeys) {
        requireOnce(keyNode, valueNode);
        if (valueNode instanceof SequenceNode list && !isListOfValues(valueNode)) {
            if (list.getValue().isEmpty()) {
                throw given(keyNode, valueNode).isBad("has no groups; must have one, or be one of rule, llm");
            }
            readGroups(list, groups, ownKeys);
        } else {
            readSettingOfRun(keyNode, valueNode);
        }
    }

    /** What only a sweep has; in a run file it is as unknown as any other. */
    private Given count(Node keyNode, Node valueNode, String rule) {
        if (!ofSweep) {
            readSetting(keyNode, valueNode, values);
            return null;
        }
        requireOnce(keyNode, valueNode);
        Given count = given(keyNode, valueNode);
        requireScalar(count, valueNode, rule);
        return count;
    }

    private void readSettingOfRun(Node keyNode, Node valueNode) {
        if (isListOfValues(valueNode)) {
            String list = ((SequenceNode) valueNode)
                    .getValue().stream()
                            .map(element -> ((ScalarNode) element).getValue())
                            .collect(Collectors.joining(","));
            readSetting(keyNode, new Given(given(keyNode, valueNode).name(), list), values);
        } else {
            readSetting(keyNode, valueNode, values);
        }
    }

    private boolean isListOfValues(Node node) {
        return ofSweep
                && node instanceof SequenceNode list
                && !list.getValue().isEmpty()
                && list.getValue().stream().allMatch(ScalarNode.class::isInstance);
    }

    private void requireOnce(Node keyNode, Node valueNode) {
        Given given = given(keyNode, valueNode);
        if (lists.putIfAbsent(nameOf(keyNode), given) != null) {
            throw given.isBad("is there already; give it once");
        }
    }

    private void readEndpoints(Given given, Node valueNode) {
        if (!(valueNode instanceof MappingNode mapping)) {
            throw given.isBad("must be names of endpoints, each with its settings");
        }
        for (NodeTuple entry : mapping.getValue()) {
            Given endpoint = given(entry.getKeyNode(), entry.getValueNode());
            Map<Setting, Given> settings = new EnumMap<>(Setting.class);
            if (endpoints.putIfAbsent(nameOf(entry.getKeyNode()), settings) != null) {
                throw endpoint.isBad("is there already; give it once");
            }
            if (!(entry.getValueNode() instanceof MappingNode ofEndpoint)) {
                throw endpoint.isBad("must have settings, such as 'base-url: http://localhost:8000/v1'");
            }
            Given place = endpointName(entry.getKeyNode());
            if (!ENDPOINT_NAME.matcher(place.text()).matches()) {
                throw place.isBad(Setting.ENDPOINT.rule());
            }
            endpointNames.add(place);
            for (NodeTuple setting : ofEndpoint.getValue()) {
                readModelSetting(setting, settings);
            }
            for (Setting setting : List.of(Setting.RATIO, Setting.INFORMATION, Setting.ENDPOINT)) {
                if (settings.containsKey(setting)) {
                    throw settings.get(setting)
                            .isBad("is no setting of an endpoint; must stand outside of 'endpoints'");
                }
            }
        }
    }

    private void readGroups(SequenceNode list, List<Group> groups, List<String> ownKeys) {
        for (Node node : list.getValue()) {
            String place = name + node.getStartMark().map(RunFile::line).orElse("");
            if (!(node instanceof MappingNode mapping)) {
                throw new BadInputException(
                        place + ": must be a group with its settings, such as 'model: gpt-4o-mini'");
            }
            Map<Setting, Given> settings = new EnumMap<>(Setting.class);
            Map<String, Given> own = new HashMap<>();
            for (NodeTuple entry : mapping.getValue()) {
                String key = nameOf(entry.getKeyNode());
                if (ownKeys.contains(key)) {
                    Given given = given(entry.getKeyNode(), entry.getValueNode());
                    requireScalar(given, entry.getValueNode(), "must be one value");
                    if (own.put(key, given) != null) {
                        throw given.isBad("is there already; give it once");
                    }
                } else {
                    readModelSetting(entry, settings);
                }
            }
            groups.add(new Group(place, own.get(RANGE), own.get(AGENT), own.get(NAME), settings));
        }
    }

    private void readModelSetting(NodeTuple entry, Map<Setting, Given> settings) {
        Setting setting = readSetting(entry.getKeyNode(), entry.getValueNode(), settings);
        if (!setting.isOfOneModel()) {
            throw settings.get(setting).isBad("concerns the whole run; must stand outside of lists and endpoints");
        }
    }

    private Setting readSetting(Node keyNode, Node valueNode, Map<Setting, Given> settings) {
        Given given = given(keyNode, valueNode);
        Setting setting = readSetting(keyNode, given, settings);
        requireScalar(given, valueNode, setting.rule());
        return setting;
    }

    private Setting readSetting(Node keyNode, Given given, Map<Setting, Given> settings) {
        String key = nameOf(keyNode);
        if (SECRET.matcher(key).find()) {
            // Its value is nobody's business, so it is not quoted.
            throw new BadInputException(given.name() + ": must not be in a file; a model's key belongs into the"
                    + " environment, see market check");
        }
        Setting setting = Setting.ofOption("--" + key.replace('_', '-'))
                .orElseThrow(() -> given.isBad("there is no such key" + Suggestion.of(key, keys())));
        if (settings.containsKey(setting)) {
            throw given.isBad("is there already, as '%s'; give it once"
                    .formatted(settings.get(setting).name()));
        }
        settings.put(setting, given);
        return setting;
    }

    private static void requireScalar(Given given, Node valueNode, String rule) {
        if (!(valueNode instanceof ScalarNode)) {
            throw given.isBad(rule);
        }
    }

    private static String nameOf(Node keyNode) {
        return keyNode instanceof ScalarNode scalar ? scalar.getValue() : "(not a name)";
    }

    private Given endpointName(Node keyNode) {
        return new Given(name + keyNode.getStartMark().map(RunFile::line).orElse("") + ": endpoint", nameOf(keyNode));
    }

    private Given given(Node keyNode, Node valueNode) {
        String place = name
                + keyNode.getStartMark().map(RunFile::line).orElse("") + ": "
                + BadInputException.quote(nameOf(keyNode));
        String value = valueNode instanceof ScalarNode scalar
                ? scalar.getValue()
                : valueNode instanceof MappingNode ? "(a mapping)" : "(a list)";
        return new Given(place, value);
    }

    private static String line(Mark mark) {
        return " line " + (mark.getLine() + 1);
    }

    private static List<String> keys() {
        return Arrays.stream(Setting.values())
                .flatMap(setting -> setting.names().stream())
                .map(option -> option.substring(2))
                .toList();
    }

    private BadInputException unusable(String problem) {
        return BadInputException.about(
                "--file", name, problem + "; must be a YAML file with lines such as 'num-buyers: 5000'");
    }
}
