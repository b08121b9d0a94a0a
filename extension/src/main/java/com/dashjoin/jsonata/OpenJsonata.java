package com.dashjoin.jsonata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.Utils.JList;

/**
 * The library's evaluator with the steps opened that need bounds, or another idea of a number. It is in the library's package since
 * these are package-private there: the library's version is pinned, and this is the only class of ours that knows its insides. Its
 * longest methods are the library's own with a line changed, which is why this file is long. For one thread.
 *
 * <p>Null is JSONata's undefined, {@link Jsonata#NULL_VALUE} its null.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class OpenJsonata extends Jsonata {

    /** A frame for what an expression binds; the functions are in the one below it. */
    private static final class Scope extends Frame {

        Scope(final Frame enclosing) {
            super(enclosing);
        }

        /** Without recursion, and without the look-up of callbacks that nobody sets. */
        @Override
        @SuppressWarnings({"ReferenceEquality", "StringEquality"}) // Constants, which are the same object.
        public Object lookup(final String name) {
            if (name == "__evaluate_entry" || name == "__evaluate_exit") {
                return null;
            }
            for (Frame frame = this; frame != null; frame = frame.parent) {
                final Object value = frame.bindings.get(name);
                if (value != null || frame.bindings.containsKey(name)) {
                    return value;
                }
            }
            return null;
        }
    }

    /** An evaluator. What it evaluates comes with each call. */
    protected OpenJsonata() {
        super(Jsonata.jsonata("0"));
    }

    /** Before each step, which may be inside of another one. */
    protected abstract void enter();

    /** After a step; not when it failed. */
    protected abstract void leave();

    /** So many elements go into a list. */
    protected abstract void grow(int elements);

    /** Calls a function. */
    protected abstract Object invoke(JFunction function, Object input, List<Object> arguments);

    /** Whether a value counts as true. */
    protected abstract boolean isTrue(Object value);

    /** Whether two values, neither undefined, are equal. */
    protected abstract boolean isEqual(Object left, Object right);

    /** The text of a value that isn't undefined. */
    protected abstract String text(Object value);

    /** Two texts in one. */
    protected abstract String concat(String left, String right);

    /** A copy that shares nothing which could change. */
    protected abstract Object copy(Object value);

    /** The function with some of its arguments given; those that aren't are {@link #isOpen}. */
    protected abstract JFunction partial(JFunction function, List<Object> arguments);

    /** Whether an argument is left open for later; so is one that is undefined, as the library has it. */
    protected static boolean isOpen(final Object argument) {
        return argument == null
                || (argument instanceof Symbol symbol && "operator".equals(symbol.type) && "?".equals(symbol.value));
    }

    /** A frame in which functions are bound, for {@link #run}. */
    protected static Frame functions() {
        return new Scope(null);
    }

    /**
     * Evaluates an expression.
     *
     * @param compiled the expression, which many threads may share
     * @param input the value
     * @param variables what is bound
     */
    protected final Object run(
            final Jsonata compiled, final Object input, final Map<String, Object> variables, final Frame functions) {
        final Frame frame = new Scope(functions);
        frame.bindings.putAll(variables);
        frame.bindings.put("$", input);
        Object context = input;
        if (input instanceof List && !Utils.isSequence(input)) {
            final JList<Object> wrapper = (JList<Object>) Utils.createSequence(input);
            wrapper.outerWrapper = true;
            context = wrapper;
        }
        try {
            return evaluate(compiled.ast, context, frame);
        } finally {
            this.input = null;
            environment = null;
        }
    }

    /** Calls a function that an expression handed in, a lambda or one of ours. */
    public final Object call(final Object function, final List<Object> arguments) {
        return Functions.isLambda(function)
                ? apply(function, arguments, null, environment)
                : invoke((JFunction) function, null, arguments);
    }

    /** How many parameters a lambda declares; -1 when it isn't one. */
    public static int parameters(final Object function) {
        return Functions.isLambda(function) ? ((Symbol) function).arguments.size() : -1;
    }

    @Override
    public Frame createFrame(final Frame enclosing) {
        return new Scope(enclosing);
    }

    @Override
    Object evaluate(final Symbol expression, final Object input, final Frame frame) {
        enter();
        final Object result = _evaluate(expression, input, frame);
        if (result instanceof List list) {
            grow(list.size());
        }
        leave();
        return result;
    }

    @Override
    Object evaluateFilter(final Object filter, final Object input, final Frame frame) {
        final Symbol predicate = (Symbol) filter;
        final boolean tuples = input instanceof JList list && list.tupleStream;
        final List items = input instanceof List list ? list : Utils.createSequence(input);
        JList results = (JList) Utils.createSequence();
        results.tupleStream = tuples;
        if (predicate.type.equals("number")) {
            final double index = index(predicate.value, items.size());
            final Object item = index >= 0 && index < items.size() ? items.get((int) index) : null;
            if (item instanceof List list) {
                return list;
            } else if (item != null) {
                results.add(item);
            }
            return results;
        }
        for (int i = 0; i < items.size(); i++) {
            final Object item = items.get(i);
            final Object context = tuples ? ((Map) item).get("@") : item;
            final Object result =
                    evaluate(predicate, context, tuples ? createFrameFromTuple(frame, (Map) item) : frame);
            final Object indexes = Utils.isNumeric(result) ? List.of(result) : result;
            if (Utils.isArrayOfNumbers(indexes)) {
                for (final Object number : (List) indexes) {
                    if (index(number, items.size()) == i) {
                        results.add(item);
                    }
                }
            } else if (isTrue(result)) {
                results.add(item);
            }
        }
        return results;
    }

    private static double index(final Object number, final int size) {
        final double index = Math.floor(((Number) number).doubleValue());
        return index < 0 ? index + size : index;
    }

    /** Tells no values: the library's message would make a text of them. */
    @Override
    Object evaluateNumericExpression(final Object left, final Object right, final String operator) {
        if (left != null && !Utils.isNumeric(left)) {
            throw new JException("T2001", -1, operator);
        }
        if (right != null && !Utils.isNumeric(right)) {
            throw new JException("T2002", -1, operator);
        }
        return super.evaluateNumericExpression(left, right, operator);
    }

    @Override
    Object evaluateEqualityExpression(final Object left, final Object right, final String operator) {
        return left != null && right != null && isEqual(left, right) == operator.equals("=");
    }

    @Override
    Object evaluateComparisonExpression(final Object left, final Object right, final String operator) {
        if (left instanceof Number l && right instanceof Number r) {
            return super.evaluateComparisonExpression(l.doubleValue() + 0.0, r.doubleValue() + 0.0, operator);
        }
        if (!isComparable(left) || !isComparable(right)) {
            throw new JException("T2010", -1, operator);
        }
        if (left != null && right != null && !(left instanceof String && right instanceof String)) {
            throw new JException("T2009", -1);
        }
        return super.evaluateComparisonExpression(left, right, operator);
    }

    private static boolean isComparable(final Object value) {
        return value == null || value instanceof String || value instanceof Number;
    }

    @Override
    Object evaluateBooleanExpression(final Object left, final Callable right, final String operator) throws Exception {
        return isTrue(left) == operator.equals("and") ? isTrue(right.call()) : isTrue(left);
    }

    @Override
    Object evaluateCondition(final Symbol expression, final Object input, final Frame frame) {
        if (isTrue(evaluate(expression.condition, input, frame))) {
            return evaluate(expression.then, input, frame);
        }
        return expression._else == null ? null : evaluate(expression._else, input, frame);
    }

    @Override
    Object evaluateStringConcat(final Object left, final Object right) {
        return concat(left == null ? "" : text(left), right == null ? "" : text(right));
    }

    @Override
    Object evaluateRangeExpression(final Object left, final Object right) {
        final Object range = super.evaluateRangeExpression(integer(left), integer(right));
        if (range instanceof List list) {
            grow(list.size());
        }
        return range;
    }

    /** However it is spelled. */
    private static Object integer(final Object value) {
        return value instanceof Number number ? Utils.convertNumber(number.doubleValue()) : value;
    }

    @Override
    Object evaluateWildcard(final Symbol expression, final Object input) {
        final List<Object> results = Utils.createSequence();
        final Object context =
                input instanceof JList list && list.outerWrapper && !list.isEmpty() ? list.get(0) : input;
        if (context instanceof Map members) {
            members.values().forEach(value -> flattenInto(results, value));
        } else if (context instanceof List elements) {
            elements.forEach(value -> flattenInto(results, value));
        }
        return results;
    }

    private void flattenInto(final List<Object> results, final Object value) {
        if (value instanceof List list) {
            for (final Object item : list) {
                flattenInto(results, item);
            }
        } else {
            grow(1);
            results.add(value);
        }
    }

    @Override
    void recurseDescendants(final Object input, final List results) {
        grow(1);
        if (input instanceof List members) {
            for (final Object member : members) {
                recurseDescendants(member, results);
            }
            return;
        }
        results.add(input);
        if (input instanceof Map members) {
            for (final Object member : members.values()) {
                recurseDescendants(member, results);
            }
        }
    }

    /** Joins tuples of one group in one pass, where the library copies a list for each. */
    @Override
    Object reduceTupleStream(final Object stream) {
        if (!(stream instanceof List tuples)) {
            return stream;
        }
        final Map<Object, Object> reduced = new LinkedHashMap<>((Map) tuples.get(0));
        final Map<Object, List<Object>> joined = new LinkedHashMap<>();
        for (int i = 1; i < tuples.size(); i++) {
            ((Map<Object, Object>) tuples.get(i)).forEach((name, value) -> {
                final Object first = reduced.get(name);
                if (first == null) {
                    reduced.put(name, value);
                } else if (value != null) {
                    final List<Object> all = joined.computeIfAbsent(name, ignored -> listOf(first));
                    grow(1);
                    if (value instanceof List list) {
                        grow(list.size());
                        all.addAll(list);
                    } else {
                        all.add(value);
                    }
                }
            });
        }
        reduced.putAll(joined);
        return reduced;
    }

    private static List<Object> listOf(final Object value) {
        return value instanceof List list ? new JList<>(list) : Utils.createSequence(value);
    }

    @Override
    Object evaluateSortExpression(final Symbol expression, final Object input, final Frame frame) {
        final boolean tuples = input instanceof JList list && list.tupleStream;
        final List<Object> sorted = new ArrayList<>((List) input);
        final Comparator<Object> order = (left, right) -> {
            for (final Symbol term : expression.terms) {
                final int compared = compare(
                        evaluateTerm(term, left, tuples, frame),
                        evaluateTerm(term, right, tuples, frame),
                        expression.position,
                        term.descending);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
        sorted.sort(order);
        return sorted;
    }

    private Object evaluateTerm(final Symbol term, final Object item, final boolean tuple, final Frame frame) {
        return tuple
                ? evaluate(term.expression, ((Map) item).get("@"), createFrameFromTuple(frame, (Map) item))
                : evaluate(term.expression, item, frame);
    }

    /** Undefined comes last, in either direction. */
    private static int compare(final Object left, final Object right, final int position, final boolean descending) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? 1 : -1;
        }
        final boolean numbers = left instanceof Number && right instanceof Number;
        if (!numbers && !(left instanceof String && right instanceof String)) {
            final boolean comparable = (left instanceof Number || left instanceof String)
                    && (right instanceof Number || right instanceof String);
            throw new JException(comparable ? "T2007" : "T2008", position);
        }
        final int compared = numbers
                ? Double.compare(((Number) left).doubleValue() + 0.0, ((Number) right).doubleValue() + 0.0)
                : ((String) left).compareTo((String) right);
        return descending ? -compared : compared;
    }

    @Override
    Object evaluateTransformExpression(final Symbol expression, final Object input, final Frame frame) {
        return new JFunction(
                (ignored, arguments) -> {
                    final Object result = copy(arguments.get(0));
                    final Object found = result == null ? null : evaluate(expression.pattern, result, frame);
                    for (final Object match :
                            found instanceof List list ? list : found == null ? List.of() : List.of(found)) {
                        update(expression, match, frame);
                    }
                    return result;
                },
                "<(oa):o>");
    }

    private void update(final Symbol expression, final Object match, final Frame frame) {
        final Object update = evaluate(expression.update, match, frame);
        if (update != null && !(update instanceof Map)) {
            throw new JException("T2011", expression.update.position);
        }
        if (update != null && match instanceof Map members) {
            members.putAll((Map) update);
        }
        final Object delete = expression.delete == null ? null : evaluate(expression.delete, match, frame);
        if (delete == null) {
            return;
        }
        final List names = delete instanceof List list ? list : List.of(delete);
        if (!Utils.isArrayOfStrings(names)) {
            throw new JException("T2012", expression.delete.position);
        }
        if (match instanceof Map members) {
            names.forEach(members::remove);
        }
    }

    @Override
    Object applyInner(final Object function, final Object arguments, final Object input, final Object frame) {
        if (function instanceof JFunction ours) {
            return invoke(ours, input, (List<Object>) validateArguments(ours, arguments, input));
        }
        if (Functions.isLambda(function)) {
            return applyProcedure(function, validateArguments(function, arguments, input));
        }
        throw new JException("T1006", -1); // The library's own would print it.
    }

    @Override
    Object partialApplyNativeFunction(final JFunction function, final List arguments) {
        return partial(function, (List<Object>) arguments);
    }
}
