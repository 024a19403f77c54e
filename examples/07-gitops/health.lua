-- What Argo CD shows of a TaskBroker, TaskQueue or TaskWorker. argocd-cm.yaml holds the same text.
local conditions = {}
for _, condition in ipairs(obj.status ~= nil and obj.status.conditions or {}) do
  conditions[condition.type] = condition
end

local function health(status, condition, otherwise)
  return {status = status, message = condition ~= nil and condition.message or otherwise}
end

if obj.metadata.deletionTimestamp ~= nil then
  return health("Progressing", conditions.Ready, "is being deleted")
end
if conditions.Ready == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  return health("Progressing", nil, "the operator has not looked at it yet")
end
if obj.spec.paused then
  return health("Suspended", nil, "paused by spec.paused")
end
-- These two are there only while they are true.
if conditions.Stalled ~= nil then
  return health("Degraded", conditions.Stalled)
end
if conditions.Reconciling ~= nil then
  return health("Progressing", conditions.Reconciling)
end
return health(conditions.Ready.status == "True" and "Healthy" or "Progressing", conditions.Ready)
