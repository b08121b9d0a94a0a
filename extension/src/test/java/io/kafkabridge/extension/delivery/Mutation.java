package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.matcher.ElementMatcher;

import static net.bytebuddy.matcher.ElementMatchers.named;

/**
 * A fault that is put into classes of the engine while the tests run, and taken out again. So the engine needs no hooks for it. One
 * at a time; not while others use the classes.
 */
final class Mutation {

    private static final String ENGINE = "io.kafkabridge.";

    private final String name;
    private final Map<String, List<AsmVisitorWrapper>> rewrites = new HashMap<>();

    /** A fault, in words; it does nothing yet. */
    Mutation(final String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** A method doesn't call another one. */
    Mutation leavesOut(final String type, final String method, final String call) {
        return leavesOut(type, named(method), call);
    }

    Mutation leavesOut(final String type, final ElementMatcher<? super MethodDescription> method, final String call) {
        return rewrite(
                type, MemberSubstitution.relaxed().method(named(call)).stub().on(method));
    }

    @Override
    public String toString() {
        return name;
    }

    /** A method calls a static one of {@link MutatedCode} instead of another one. */
    Mutation replaces(final String type, final String method, final String call, final String other) {
        return rewrite(
                type,
                MemberSubstitution.relaxed()
                        .method(named(call))
                        .replaceWith(other(other))
                        .on(named(method)));
    }

    private static Method other(final String name) {
        for (final Method method : MutatedCode.class.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                return method;
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** A method does something else, as an advice says. */
    Mutation advises(final String type, final String method, final Class<?> advice) {
        return advises(type, named(method), advice);
    }

    Mutation advises(final String type, final ElementMatcher<? super MethodDescription> method, final Class<?> advice) {
        return rewrite(type, Advice.to(advice).on(method));
    }

    private Mutation rewrite(final String type, final AsmVisitorWrapper rewrite) {
        rewrites.computeIfAbsent(ENGINE + type, each -> new ArrayList<>()).add(rewrite);
        return this;
    }

    /** Puts the fault in; closing what it gives takes it out again. */
    Applied apply() throws ClassNotFoundException {
        ByteBuddyAgent.install();
        final ClassReloadingStrategy strategy = ClassReloadingStrategy.fromInstalledAgent();
        final List<Class<?>> types = new ArrayList<>();
        final Applied applied = () -> {
            for (final Class<?> type : types) {
                strategy.reset(ClassFileLocator.ForClassLoader.of(type.getClassLoader()), type);
            }
        };
        for (final Map.Entry<String, List<AsmVisitorWrapper>> each : rewrites.entrySet()) {
            final Class<?> type = Class.forName(each.getKey());
            DynamicType.Builder<?> builder = new ByteBuddy().redefine(type);
            for (final AsmVisitorWrapper rewrite : each.getValue()) {
                builder = builder.visit(rewrite);
            }
            types.add(type);
            try (DynamicType.Unloaded<?> made = builder.make()) {
                made.load(type.getClassLoader(), strategy);
            }
        }
        return applied;
    }

    /** A fault that is in. */
    @FunctionalInterface
    interface Applied extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
