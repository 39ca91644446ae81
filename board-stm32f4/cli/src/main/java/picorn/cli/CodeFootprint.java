// SPDX-License-Identifier: MIT
package picorn.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The code of the TCP/IP stack that one configuration takes to run the {@link ReferenceScript}.
 *
 * @param classes that were loaded, with their packages
 * @param modules by the name of their package
 */
record CodeFootprint(Set<String> classes, Map<String, Module> modules) {
    private static final String STACK = "picorn.netstack.";
    /** The wire between the two stacks is no part of them. */
    private static final String WIRE = "link";

    /**
     * One package.
     *
     * @param classes that were loaded
     * @param octets of their bytecode
     */
    record Module(int classes, long octets) {
        static final Module NONE = new Module(0, 0);

        Module plus(Module other) {
            return new Module(classes + other.classes, octets + other.octets);
        }
    }

    /** Runs the script and sees what is loaded. */
    static CodeFootprint of(String configuration) {
        RecordingLoader loader = new RecordingLoader(ReferenceScript.class, Configurations.class);
        try {
            loader.loadClass(ReferenceScript.class.getName())
                    .getMethod("run", String.class)
                    .invoke(null, configuration);
        } catch (ReflectiveOperationException e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            throw new IllegalStateException("the reference script fails on '" + configuration + "'", cause);
        }
        return of(loader.code());
    }

    private static CodeFootprint of(Map<String, Long> code) {
        Map<String, Module> modules = new TreeMap<>();
        code.forEach((name, octets) -> {
            String module = name.substring(STACK.length(), name.lastIndexOf('.'));
            if (!module.equals(WIRE)) {
                modules.merge(module, new Module(1, octets), Module::plus);
            }
        });
        return new CodeFootprint(code.keySet(), modules);
    }

    Module module(String name) {
        return modules.getOrDefault(name, Module.NONE);
    }

    Module total() {
        return modules.values().stream().reduce(Module.NONE, Module::plus);
    }
}
