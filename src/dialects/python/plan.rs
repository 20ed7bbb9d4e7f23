//! From a tensor back to what it was computed of: the calls on the way as a plan of a network, inputs first.

use std::collections::HashMap;

use super::Manner;
use super::written::Writer;
use crate::program::{Callee, Kind, MadeId, Value, Why};
use crate::span::{Location, NodeId};

/// Calls of one network that are followed back from its end; what lies farther counts as what enters it.
const MOST_VERTICES: usize = 2000;
/// Calls of all networks of a run together.
const MOST_IN_ALL: usize = 100_000;

/// A network as calls of layers and functions.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The calls, inputs first.
    pub vertices: Vec<PlannedVertex>,
}

/// One call.
#[derive(Clone, Debug)]
pub struct PlannedVertex {
    /// What it is.
    pub what: What,
    /// Where it is written.
    pub at: Location,
    /// What goes in.
    pub inputs: Vec<PlannedInput>,
}

/// What goes into a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlannedInput {
    /// What another call gives, by its number in the plan.
    Vertex(usize),
    /// A number.
    Constant(f64, Location),
}

/// What a call is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Something enters here.
    Input,
    /// A layer is called, which this node makes.
    Layer(NodeId),
    /// A function of this name is called; the node says its further arguments.
    Function(String, NodeId),
    /// A part of what goes in is taken.
    Part,
    /// Two values are put together by an operator.
    Operator(&'static str),
    /// It is arithmetic, or not known.
    Open,
}

/// The plan of what gives a value, and whether a layer is in it; or why there is none.
pub fn of<'p>(manner: &Manner, writer: &mut Writer<'_, 'p>, value: &Value<'p>) -> Result<Plan, Why> {
    let Kind::Made(end) = value.kind else {
        return Err(match value.kind {
            Kind::Unknown(why) => why,
            _ => Why::Computed,
        });
    };
    if writer.planned > MOST_IN_ALL {
        return Err(Why::Budget);
    }
    let mut planner = Planner {
        manner,
        writer,
        plan: Plan::default(),
        planned: HashMap::new(),
    };
    planner.plan_from(end);
    let planned = planner.plan.vertices.len();
    let plan = planner.plan;
    writer.planned += planned;
    Ok(plan)
}

impl Plan {
    /// Whether anything in it is a layer of a library: else it is no network that is trained.
    pub fn has_layers(&self) -> bool {
        self.vertices.iter().any(|vertex| matches!(vertex.what, What::Layer(_)))
    }

    /// Where it ends.
    pub fn end(&self) -> Option<&PlannedVertex> {
        self.vertices.last()
    }
}

struct Planner<'w, 'a, 'p> {
    manner: &'w Manner,
    writer: &'w mut Writer<'a, 'p>,
    plan: Plan,
    planned: HashMap<MadeId, usize>,
}

impl<'p> Planner<'_, '_, 'p> {
    /// Plans a call when those are planned that give what goes in.
    fn plan_from(&mut self, end: MadeId) {
        let mut stack = vec![end];
        while let Some(&id) = stack.last() {
            let room = MOST_VERTICES.saturating_sub(self.plan.vertices.len() + stack.len());
            if self.planned.contains_key(&id) {
                stack.pop();
                continue;
            }
            let inputs = self.inputs_of(id);
            let missing: Vec<MadeId> = inputs
                .iter()
                .copied()
                .filter(|input| !self.planned.contains_key(input))
                .collect();
            if room == 0 && !missing.is_empty() {
                self.push(id, What::Input, Vec::new());
                stack.pop();
                continue;
            }
            if !missing.is_empty() {
                // What was made earlier has a lower number, so that there is no circle.
                stack.extend(missing.into_iter().filter(|input| input.0 < id.0));
                if self.inputs_of(id).iter().any(|input| input.0 >= id.0) {
                    self.push(id, What::Open, Vec::new());
                }
                continue;
            }
            let what = self.what(id, !inputs.is_empty());
            self.push(id, what, inputs);
            stack.pop();
        }
    }

    fn push(&mut self, id: MadeId, what: What, inputs: Vec<MadeId>) {
        let made = self.writer.arena.made(id);
        let at = match made.callee {
            // Of `x.softmax(1)` the method's name is what matters.
            Callee::Method(_) => made.callee_at,
            _ => made.at,
        };
        let inputs = match what {
            What::Operator(_) => self.operands(id),
            _ => {
                let vertices = inputs.iter().filter_map(|input| self.planned.get(input).copied());
                vertices.map(PlannedInput::Vertex).collect()
            }
        };
        self.plan.vertices.push(PlannedVertex {
            what,
            at: self.writer.at(at),
            inputs,
        });
        self.planned.insert(id, self.plan.vertices.len() - 1);
    }

    /// The operands of an operator in their order. What is not known stands there as something that enters.
    fn operands(&mut self, id: MadeId) -> Vec<PlannedInput> {
        let mut operands = Vec::new();
        for operand in self.writer.arena.made(id).arguments.positional.clone() {
            let planned = match operand.kind {
                Kind::Made(id) => self.planned.get(&id).copied(),
                _ => None,
            };
            operands.push(match (planned, operand.number()) {
                (Some(vertex), _) => PlannedInput::Vertex(vertex),
                (None, Some(number)) => PlannedInput::Constant(number, self.writer.at(operand.at)),
                (None, None) => {
                    self.plan.vertices.push(PlannedVertex {
                        what: What::Open,
                        at: self.writer.at(operand.at),
                        inputs: Vec::new(),
                    });
                    PlannedInput::Vertex(self.plan.vertices.len() - 1)
                }
            });
        }
        operands
    }

    /// The calls whose results go into one.
    fn inputs_of(&self, id: MadeId) -> Vec<MadeId> {
        let arena = self.writer.arena;
        let mut inputs = Vec::new();
        for value in arena.made(id).arguments.all() {
            match &value.kind {
                Kind::Made(id) => inputs.push(*id),
                Kind::List(id) => inputs.extend(arena.lists[id.0].iter().filter_map(|item| match item.value.kind {
                    Kind::Made(id) => Some(id),
                    _ => None,
                })),
                _ => {}
            }
        }
        // The weights that a function is given are no inputs of the network.
        inputs.dedup();
        inputs
    }

    fn what(&mut self, id: MadeId, has_inputs: bool) -> What {
        let made = self.writer.arena.made(id);
        match &made.callee {
            Callee::Made(layer) => match self.writer.construction(*layer, false) {
                Some(node) => What::Layer(node),
                None => What::Open,
            },
            Callee::Library(_) if !has_inputs && !self.is_applied_to_unknown(id) => What::Input,
            Callee::Library(name) => {
                let name = name.to_string();
                let node = self.writer.construction(id, true);
                node.map_or(What::Open, |node| What::Function(name, node))
            }
            Callee::Method(name) => match self.manner.methods {
                Some(module) => {
                    let name = format!("{module}.{name}");
                    let node = self.writer.construction(id, true);
                    node.map_or(What::Open, |node| What::Function(name, node))
                }
                None => What::Open,
            },
            Callee::Operator("[]") => What::Part,
            Callee::Operator(operator @ ("+" | "-" | "*" | "/" | "**")) => What::Operator(operator),
            Callee::Operator(_) => What::Open,
        }
    }

    /// Whether a function is given something of which nothing is known: a tensor, perhaps.
    fn is_applied_to_unknown(&self, id: MadeId) -> bool {
        let first = self.writer.arena.made(id).arguments.positional.first();
        first.is_some_and(|value| matches!(value.kind, Kind::Unknown(_)))
    }
}
