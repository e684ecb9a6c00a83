/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.client.OnlineStoreException;
import io.freshet.definition.DefinitionException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one clear message on standard error and an exit code. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult arguments) {
        boolean debug = arguments.matchedOptionValue("--debug", false);
        if (debug) {
            failure.printStackTrace(line.getErr());
        }
        line.getErr().println(message(failure));
        if (failure instanceof CommandFailedException known) {
            return known.exitCode();
        }
        if (failure instanceof DefinitionException) {
            return Freshet.WRONG_INPUT;
        }
        if (!debug && failure instanceof RuntimeException && !(failure instanceof OnlineStoreException)) {
            line.getErr().println("(Run it again with --debug to see where it happened.)");
        }
        return Freshet.FAILED;
    }

    /** What picocli found wrong in the arguments. */
    static int wrongUse(ParameterException fault, String[] arguments) {
        CommandLine line = fault.getCommandLine();
        line.getErr().println(fault.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(fault, line.getErr())) {
            line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        }
        return Freshet.WRONG_INPUT;
    }

    private static String message(Exception failure) {
        return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    }
}
