/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet init}: a small project that works, to begin with. */
@Command(
        name = "init",
        description = {
            "Write a small project that works: settings, an Avro schema, a view, a test of it and some events.",
            "What is there already is never touched."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the files are there", "1:they cannot be written", "2:some of them are there already"},
        footer = {"", "Examples:", "  freshet init && freshet validate && freshet test", "  freshet init shop"})
final class InitCommand implements Callable<Integer> {

    /** What a project begins with, in the order in which it is told; resources beside this class, in {@code init/}. */
    private static final List<String> FILES = List.of(
            "freshet.yaml",
            "schemas/Purchase.avsc",
            "views/customer_spending.yaml",
            "tests/customer_spending.yaml",
            "events/purchases.jsonl",
            "README.md");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print one JSON object: the folder and the files in it.")
    private boolean json;

    // Read by Failures, from the parsed arguments.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--debug", description = "Show stack traces.")
    private boolean debug;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where to. Default: this folder.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws CommandFailedException, JsonProcessingException {
        List<String> taken = FILES.stream()
                .filter(file -> Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (!taken.isEmpty()) {
            throw CommandFailedException.wrongInput("Cannot begin a project "
                    + (folder.toString().isEmpty() ? "here" : "in " + folder) + ": " + String.join(", ", taken)
                    + (taken.size() == 1 ? " is" : " are") + " there already, expected a folder without them");
        }
        try {
            for (String file : FILES) {
                Path target = folder.resolve(file);
                Path parent = target.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.writeString(target, text(file), StandardOpenOption.CREATE_NEW);
            }
        } catch (IOException e) {
            throw CommandFailedException.failed("Cannot write the project: " + Reading.reason(e));
        }
        tell();
        return Freshet.OK;
    }

    private void tell() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("folder", folder.toAbsolutePath().normalize().toString());
            fields.put("files", FILES);
            out.println(new ObjectMapper().writeValueAsString(fields));
            return;
        }
        FILES.forEach(file -> out.println(folder.resolve(file)));
        out.flush();
        String enter = folder.toString().isEmpty() ? "" : "cd " + folder + " && ";
        spec.commandLine()
                .getErr()
                .println("Now: " + enter + "freshet validate && freshet test; README.md tells the rest.");
    }

    private static String text(String file) {
        try (InputStream in = requireNonNull(InitCommand.class.getResourceAsStream("init/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read a file of our own jar: " + file, e);
        }
    }
}
