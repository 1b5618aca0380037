package io.rasplens.runtime.cli;

import io.rasplens.runtime.cli.print.Console;

/** {@code java -jar rasp.jar VERB …} */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Rasp.run(Console.system(), arguments));
    }
}
